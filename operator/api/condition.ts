/** As metav1.Condition. Accepted, Complete, Failed, Suspended, Passed are ours; Reconciling and Stalled are kstatus'. */
export interface Condition {
  type: 'Accepted' | 'Complete' | 'Failed' | 'Suspended' | 'Passed' | 'Reconciling' | 'Stalled';
  status: 'True' | 'False' | 'Unknown';
  reason: string;
  message: string;
  observedGeneration: number;
  lastTransitionTime: string;
}

/** What a condition is to say. */
export type ConditionState = Pick<Condition, 'status' | 'reason' | 'message'>;

/**
 * Conditions after a pass: those named in `wanted` say what it says, the others stay. `lastTransitionTime` changes with `status` only, as kubectl
 * and kstatus expect.
 * @param now milliseconds since 1970
 */
export function withConditions(
  previous: readonly Condition[] | undefined,
  wanted: Partial<Record<Condition['type'], ConditionState>>,
  observedGeneration: number,
  now: number,
): Condition[] {
  const conditions = new Map((previous ?? []).map((condition) => [condition.type, condition]));
  // Object.entries forgets that the keys are condition types.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  for (const [type, state] of Object.entries(wanted) as [Condition['type'], ConditionState][]) {
    const before = conditions.get(type);
    const lastTransitionTime = before?.status === state.status ? before.lastTransitionTime : new Date(now).toISOString();
    conditions.set(type, { type, ...state, observedGeneration, lastTransitionTime });
  }
  return [...conditions.values()];
}
