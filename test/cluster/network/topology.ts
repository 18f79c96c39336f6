import { controlPlaneAddresses, networks, serviceRanges } from '../layout.ts';
import type { Layout, NodeLayout } from '../layout.ts';
import { jumbo, secondBridge } from '../node/attachments.ts';

const bridge = 'br0';

// Forwarding makes routers of all three. Without duplicate address detection an IPv6 address works at once, and nobody
// else can have it here.
const settings = [
  'net.ipv4.ip_forward=1',
  'net.ipv6.conf.all.forwarding=1',
  'net.ipv6.conf.all.accept_dad=0',
  'net.ipv6.conf.default.accept_dad=0',
  'net.ipv4.conf.all.rp_filter=0',
  'net.ipv4.conf.default.rp_filter=0',
];

/** Commands that make the cluster's network: a namespace each, a bridge in the control plane's, a cable to every node, routes to the pods. */
export function networkCommands(layout: Layout): string[][] {
  const { network, nodes } = layout;
  return [
    ...networks(layout).flatMap((name) => [
      ['ip', 'netns', 'add', name],
      ['nsenter', `--net=/run/netns/${name}`, 'sysctl', '--quiet', '--write', ...settings],
      ip(name, 'link set lo up'),
    ]),
    ip(network, `link add ${bridge} type bridge`),
    ip(network, `addr add ${controlPlaneAddresses.IPv4}/24 dev ${bridge}`),
    ip(network, `addr add ${controlPlaneAddresses.IPv6}/64 dev ${bridge} nodad`),
    ip(network, `link set ${bridge} up`),
    ...nodes.flatMap((node) => cableCommands(network, node)),
    ...nodes.flatMap((node) => podRouteCommands(layout, node)),
    // Services can be reached from the control plane's namespace, too: any node forwards to them.
    ...nodes
      .slice(0, 1)
      .flatMap(({ addresses }) => [
        ip(network, `route add ${serviceRanges.IPv4} via ${addresses.IPv4}`),
        ip(network, `-6 route add ${serviceRanges.IPv6} via ${addresses.IPv6}`),
      ]),
  ];
}

/** Commands that give every node a second cable, for jumbo frames, and a bridge at both of its ends. */
export function secondNetworkCommands({ network, nodes }: Layout): string[][] {
  return [
    ...secondBridgeCommands(network),
    ...nodes.flatMap((node) => [
      ...secondBridgeCommands(node.network),
      ip(network, `link add ${node.secondBridgePort} type veth peer name eth1 netns ${node.network}`),
      ip(network, `link set ${node.secondBridgePort} mtu ${jumbo} master ${secondBridge} up`),
      ip(node.network, `link set eth1 mtu ${jumbo} master ${secondBridge} up`),
    ]),
  ];
}

function secondBridgeCommands(network: string): string[][] {
  return [ip(network, `link add ${secondBridge} type bridge`), ip(network, `link set ${secondBridge} mtu ${jumbo} up`)];
}

function cableCommands(network: string, node: NodeLayout): string[][] {
  return [
    ip(network, `link add ${node.bridgePort} type veth peer name eth0 netns ${node.network}`),
    ip(network, `link set ${node.bridgePort} master ${bridge} up`),
    ip(node.network, `addr add ${node.addresses.IPv4}/24 dev eth0`),
    ip(node.network, `addr add ${node.addresses.IPv6}/64 dev eth0 nodad`),
    ip(node.network, 'link set eth0 up'),
    ip(node.network, `route add default via ${controlPlaneAddresses.IPv4}`),
    ip(node.network, `-6 route add default via ${controlPlaneAddresses.IPv6}`),
  ];
}

function podRouteCommands(layout: Layout, { network, podRanges, addresses }: NodeLayout): string[][] {
  const others = networks(layout).filter((other) => other !== network);
  return [
    ...others.map((other) => ip(other, `route add ${podRanges.IPv4} via ${addresses.IPv4}`)),
    ...others.map((other) => ip(other, `-6 route add ${podRanges.IPv6} via ${addresses.IPv6}`)),
  ];
}

function ip(network: string, words: string): string[] {
  return ['ip', '-n', network, ...words.split(' ')];
}
