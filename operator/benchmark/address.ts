import { chosenAddress, fourFirst } from '../../runners/family.ts';
import type { Benchmark } from '../api/types.ts';
import { attachmentName } from '../backends/attachments.ts';
import type { Attachment, Cause, PodState } from '../backends/backend.ts';
import { excerpt } from '../backends/excerpt.ts';

/** The pod with the address that counts: on the network and of the family that the spec asks for, or its primary one. */
export function addressed(pod: PodState, benchmark: Benchmark): PodState {
  const ip = chosenAddress(candidates(pod, benchmark), benchmark.spec.network?.ipFamily);
  return ip === undefined ? pod : { ...pod, ip };
}

/** Why a pod that has addresses has none that counts. A pod gets all of them at once, so waiting does not help. */
export function addressMissing(pod: PodState, benchmark: Benchmark): Cause | undefined {
  const { name, node, addresses, ip } = pod;
  if (ip !== undefined || addresses.length === 0) return undefined;
  const { ipFamily, interface: wanted } = benchmark.spec.network ?? {};
  const place = node === undefined ? name : `${name} on ${node}`;
  const attachment = attachmentName(benchmark);
  if (attachment !== undefined && attached(pod, benchmark) === undefined) {
    return {
      reason: 'NetworkMissing',
      message:
        `${place} was not given ${attachment}${wanted === undefined ? '' : ` as ${wanted}`}, only ${networksText(pod)}; ` +
        "Multus has to be the first of the node's network plugins, and to serve the pods of this namespace",
    };
  }
  return {
    reason: 'AddressMissing',
    message:
      `${place} has no ${ipFamily ?? 'IP'} address${wanted === undefined ? '' : ` on ${wanted}`}, ` +
      `only ${candidates(pod, benchmark).join(', ') || 'none at all'}; ` +
      'choose the other spec.network.ipFamily, or nodes and a network that have both families',
  };
}

/** Addresses among which the family chooses. Those of an attachment that is not there are none: a figure of another network is no figure. */
function candidates(pod: PodState, benchmark: Benchmark): readonly string[] {
  if (benchmark.spec.network?.name === undefined) return pod.addresses;
  const attachment = attached(pod, benchmark);
  if (attachment === undefined) return [];
  return attachment.isDefault ? pod.addresses : fourFirst(attachment.addresses);
}

function attached({ attachments = [] }: PodState, benchmark: Benchmark): Attachment | undefined {
  const wanted = benchmark.spec.network?.interface;
  return attachments
    .filter(({ network }) => network === attachmentName(benchmark))
    .find((attachment) => (wanted === undefined ? attachment.isDefault : attachment.interface === wanted));
}

function networksText({ attachments, addresses }: PodState): string {
  const networks = attachments?.map(({ network, interface: name }) => `${network} as ${name}`) ?? [];
  // An annotation: whoever may change the pod writes it.
  return networks.length > 0 ? excerpt(networks.join(', ')) : `the addresses ${addresses.join(', ')}`;
}
