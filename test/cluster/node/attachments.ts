import type { NodeLayout } from '../layout.ts';

/** Names of the networks that a pod may ask for besides its own, or instead of it. */
export const attachments = ['macvlan', 'bridge'] as const;

/** Bytes: the second cable and all that is on it are a network of jumbo frames. */
export const jumbo = 9000;

/** The bridge on every node that its second cable ends in, and in which those cables meet. */
export const secondBridge = 'br1';

/**
 * What each network is on one node (CNI). Both reach the other node directly: `macvlan` over the cable that everything
 * uses, `bridge` over a cable of its own.
 */
export function attachmentConfigurations({ index }: NodeLayout) {
  const plugins = {
    macvlan: { type: 'macvlan', master: 'eth0', mode: 'bridge', mtu: 1500, ipam: addresses(202, index) },
    bridge: { type: 'bridge', bridge: secondBridge, mtu: jumbo, ipam: addresses(203, index) },
  };
  return attachments.map((name) => ({ cniVersion: '0.4.0', name, plugins: [plugins[name]] }));
}

/** A network's addresses are one subnet, of which each node gives out a part. */
function addresses(network: number, node: number) {
  return {
    type: 'host-local',
    ranges: [
      [{ subnet: `10.${network}.0.0/16`, rangeStart: `10.${network}.${node}.1`, rangeEnd: `10.${network}.${node}.254` }],
      [{ subnet: `fd00:${network}::/32`, rangeStart: `fd00:${network}:${node}::1`, rangeEnd: `fd00:${network}:${node}::ffff` }],
    ],
    dataDir: '/var/lib/cni/networks',
  };
}
