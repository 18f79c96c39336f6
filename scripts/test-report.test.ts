import { expect, test } from '@jest/globals';
import { type Outcome, report, total } from './test-report.ts';

const outcome = (counts: Partial<Outcome>): Outcome => ({ name: 'unit', seconds: 1, passed: 0, failed: 0, skipped: 0, ...counts });

test.each([
  ['all well', [outcome({ passed: 3 }), outcome({ passed: 4 })], '7 passed, 0 failed'],
  ['one failed', [outcome({ passed: 3, failed: 1 }), outcome({ passed: 4 })], '7 passed, 1 failed'],
  ['a skipped check shows', [outcome({ passed: 3 }), outcome({ name: 'contract', skipped: 1 })], '3 passed, 0 failed, 1 skipped'],
  ['nothing ran', [], '0 passed, 0 failed'],
])('closing line: %s', (_, outcomes, line) => {
  expect(report(outcomes).split('\n').at(-1)).toBe(line);
});

test('each check has a line with its time', () => {
  expect(report([outcome({ name: 'types', seconds: 2.345, passed: 1 })])).toContain('types            2.3 s  1 passed, 0 failed');
});

test('total adds every count', () => {
  expect(total([outcome({ passed: 1, failed: 2, skipped: 3 }), outcome({ passed: 10, failed: 20, skipped: 30 })])).toEqual({
    passed: 11,
    failed: 22,
    skipped: 33,
  });
});
