import { isIP } from 'node:net';
import type { Benchmark } from '../api/types.ts';
import type { Attachment } from './backend.ts';
import type { Pod } from './pod.ts';

// What Multus is told and what it says, by the annotations of the Network Plumbing Working Group's specification
// (https://github.com/k8snetworkplumbingwg/multi-net-spec).

const defaultNetwork = 'v1.multus-cni.io/default-network';
const furtherNetworks = 'k8s.v1.cni.cncf.io/networks';
const networkStatus = 'k8s.v1.cni.cncf.io/network-status';

/** The attachment that `spec.network.name` names, as `namespace/name`. */
export function attachmentName({ metadata, spec }: Benchmark): string | undefined {
  const name = spec.network?.name;
  return name === undefined || name.includes('/') ? name : `${metadata.namespace ?? 'default'}/${name}`;
}

/** Asks Multus for the attachment: as an interface of its own, or in place of the cluster's default network. */
export function attachmentAnnotations(benchmark: Benchmark): Record<string, string> {
  const attachment = attachmentName(benchmark);
  if (attachment === undefined) return {};
  const { interface: wanted } = benchmark.spec.network ?? {};
  if (wanted === undefined) return { [defaultNetwork]: attachment };
  const [namespace, name] = attachment.split('/');
  return { [furtherNetworks]: JSON.stringify([{ name, namespace, interface: wanted }]) };
}

/**
 * The pod's networks as Multus tells them, which it does before the kubelet tells the pod's addresses. Whoever may change the pod can
 * write this annotation too, so that only literal addresses are taken from it.
 * @returns undefined where there is no such word, or none that can be read
 */
export function attachmentsOf({ metadata }: Pod): Attachment[] | undefined {
  const told = metadata.annotations?.[networkStatus];
  if (told === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(told);
  } catch {
    return undefined;
  }
  return Array.isArray(value) ? value.map(attachmentOf) : undefined;
}

function attachmentOf(value: unknown): Attachment {
  const fields = new Map<string, unknown>(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  const text = (name: string): string => {
    const field = fields.get(name);
    return typeof field === 'string' ? field : '';
  };
  const ips = fields.get('ips');
  const addresses = Array.isArray(ips) ? ips.filter((ip): ip is string => typeof ip === 'string' && isIP(ip) !== 0) : [];
  return { network: text('name'), interface: text('interface'), addresses, isDefault: fields.get('default') === true };
}
