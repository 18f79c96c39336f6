/** What one check came to: counts of tests, or of the check itself where it is a single command. */
export interface Outcome {
  name: string;
  seconds: number;
  passed: number;
  failed: number;
  skipped: number;
}

export function total(outcomes: readonly Outcome[]): Omit<Outcome, 'name' | 'seconds'> {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const outcome of outcomes) {
    sum.passed += outcome.passed;
    sum.failed += outcome.failed;
    sum.skipped += outcome.skipped;
  }
  return sum;
}

/** A line a check with its time, then the plain closing line `N passed, N failed[, N skipped]`. */
export function report(outcomes: readonly Outcome[]): string {
  const lines = outcomes.map((outcome) => {
    const left = outcome.skipped > 0 ? `, ${outcome.skipped} skipped` : '';
    return `${outcome.name.padEnd(12)} ${outcome.seconds.toFixed(1).padStart(7)} s  ${outcome.passed} passed, ${outcome.failed} failed${left}`;
  });
  const { passed, failed, skipped } = total(outcomes);
  return ['', ...lines, '', `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`].join('\n');
}
