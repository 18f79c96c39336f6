/** Programs that a cluster may have besides Kubernetes, in the order in which they are brought up. Kueue looks for JobSet when it starts. */
export const addOnNames = ['volcano', 'jobset', 'multus', 'kueue'] as const;

export type AddOnName = (typeof addOnNames)[number];

/** The add-ons of a list such as `jobset,volcano`, each once, in their own order. @throws if one is unknown */
export function parseAddOns(list: string): AddOnName[] {
  const asked = list.split(',').filter((name) => name !== '');
  const unknown = asked.filter((name) => !addOnNames.some((known) => known === name));
  if (unknown.length > 0) throw new Error(`${unknown.join(', ')} is no add-on of a cluster; the add-ons are ${addOnNames.join(', ')}`);
  return addOnNames.filter((name) => asked.includes(name));
}
