import type { Source } from './source.ts';

/** A spec of ours in the making; what is undefined goes away. */
export type Draft = Record<string, unknown>;

/** Their images do not hold our agent. */
export const ownImage = 'is left out: Assay has an image of its own for each workload, and another must hold its agent (spec.pod.image)';

/** What every benchmark of the first generation can say, in our words. */
export function commonFields(spec: Source): Draft {
  return { network: networkOf(spec), pod: podOf(spec) };
}

function networkOf(spec: Source): Draft {
  const host = spec.take('hostNetwork');
  if (host === true) {
    spec.note('networkName', 'has no effect with hostNetwork and is left out');
    spec.note('mtu', "is left out: it would change the node's own interface, which Assay never does");
    return { host };
  }
  spec.note('mtu', 'is verified from end to end and not set: the attachment or the network of the cluster has to have it');
  return { host, name: spec.take('networkName'), mtu: spec.take('mtu') };
}

/** The part of it that does not concern the network. */
export function podOf(spec: Source): Draft {
  spec.note('image', ownImage);
  return { imagePullPolicy: spec.take('imagePullPolicy'), resources: spec.take('resources') };
}

/** Whole seconds as a duration of ours; anything else as it is, for the validation to refuse. */
export function seconds(value: unknown): unknown {
  return typeof value === 'number' ? `${value}s` : value;
}
