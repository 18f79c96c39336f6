import { expect, test } from '@jest/globals';
import { observed, setOf, start } from './builders.ts';
import type { Fate } from './builders.ts';
import { countMembers } from './count.ts';
import { estimatedFinish } from './estimate.ts';

const now = start + 20_000;
const estimate = (parallelism: number, fates: Fate[]) => {
  const seen = observed(setOf(5, { parallelism }), fates);
  return estimatedFinish(seen, countMembers(seen), now);
};

// Members of the builders take 10 s.
test.each<[string, number, Fate[], string | undefined]>([
  ['nothing has ended', 1, ['Running'], undefined],
  ['one of five ended, one at a time: 4 x 10 s', 1, ['Succeeded', 'Running'], '2026-11-21T12:01:00.000Z'],
  ['one of five ended, two at a time: 2 x 10 s', 2, ['Succeeded', 'Running'], '2026-11-21T12:00:40.000Z'],
  ['failed ones took their time too', 1, ['Succeeded', 'Failed'], '2026-11-21T12:00:50.000Z'],
  ['all ended', 1, ['Succeeded', 'Succeeded', 'Succeeded', 'Succeeded', 'Succeeded'], '2026-11-21T12:00:20.000Z'],
])('%s', (_, parallelism, fates, finish) => {
  expect(estimate(parallelism, fates)).toBe(finish);
});

test('time alone does not change the estimate', () => {
  const first = observed(setOf(5), ['Succeeded', 'Running']);
  const members = countMembers(first);
  const estimatedBefore = estimatedFinish(first, members, now);
  const later = observed(setOf(5, {}, { members, ...(estimatedBefore !== undefined && { estimatedFinish: estimatedBefore }) }), [
    'Succeeded',
    'Running',
  ]);
  expect(estimatedFinish(later, countMembers(later), now + 7000)).toBe(estimatedBefore);
});
