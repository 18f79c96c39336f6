import type { Condition } from './condition.ts';

/** A condition without the time, which follows from the one before. */
export type NextCondition = Omit<Condition, 'lastTransitionTime'>;

/**
 * The conditions with one of them set. Its lastTransitionTime stays where the status does: reason and message may change meanwhile.
 * The order stays, so that an unchanged status compares equal.
 * @param now milliseconds since 1970; written in whole seconds, as Kubernetes' own conditions are
 */
export function setCondition(conditions: readonly Condition[], next: NextCondition, now: number): Condition[] {
  const before = findCondition(conditions, next.type);
  const lastTransitionTime = before?.status === next.status ? before.lastTransitionTime : wholeSeconds(now);
  const after: Condition = { ...next, lastTransitionTime };
  return before ? conditions.map((condition) => (condition === before ? after : condition)) : [...conditions, after];
}

export function findCondition(conditions: readonly Condition[] | undefined, type: Condition['type']): Condition | undefined {
  return conditions?.find((condition) => condition.type === type);
}

export function isTrue(conditions: readonly Condition[] | undefined, type: Condition['type']): boolean {
  return findCondition(conditions, type)?.status === 'True';
}

function wholeSeconds(now: number): string {
  return new Date(now).toISOString().replace(/\.\d+Z$/, 'Z');
}
