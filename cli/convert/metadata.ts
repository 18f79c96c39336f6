import { type Fields, isFields } from '../../operator/api/structural/schema.ts';

/** Labels and annotations that an object gets in a cluster: of kubectl, and of the operator that it was for. */
const ofCluster = /^(kubectl\.kubernetes\.io|perftest\.stackhpc\.com|perftest\.nscale\.com)\//;

/** Name and what a user said about the object; the rest of it is of the cluster that it comes from. */
export function metadataOf(metadata: unknown): object {
  const { name, generateName, namespace, labels, annotations } = isFields(metadata) ? metadata : {};
  return {
    name,
    generateName: name === undefined ? generateName : undefined,
    namespace,
    labels: own(labels),
    annotations: own(annotations),
  };
}

/** What is no object stays, for the validation to refuse. */
function own(texts: unknown): unknown {
  if (!isFields(texts)) return texts;
  const kept: Fields = Object.fromEntries(Object.entries(texts).filter(([key]) => !ofCluster.test(key)));
  return kept;
}
