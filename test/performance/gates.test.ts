import { expect, test } from '@jest/globals';
import { figures } from './builders.ts';
import { compare } from './comparison.ts';
import type { Figures } from './figures.ts';
import { gatesOf, gateText } from './gates.ts';
import { single } from './scenarios/single.ts';

const bare = figures({ subject: 'bare' });
const failures = (...runs: Partial<Figures>[]) =>
  gatesOf(single, compare('single', [...runs.map(() => bare), ...runs.map(figures)]))
    .filter(({ passed }) => !passed)
    .map(({ what }) => what);

test.each<[string, Partial<Figures>, string[]]>([
  ['as it should be', {}, []],
  ['just fast enough', { membersPerSecond: 14 }, []],
  ['too slow', { membersPerSecond: 13.9 }, ['ratio to the bare loop']],
  ['a write too many for one member', { writes: { mean: 4.5, most: 6 } }, ['writes a member']],
  ['a read a member', { polls: 200 }, ['reads in a run']],
  ['a lost member', { lost: 1 }, ['lost members']],
  ['a doubled member', { doubled: 1 }, ['doubled members']],
  ['no end at all', { membersPerSecond: 0, lost: 200 }, ['ratio to the bare loop', 'lost members']],
  ['no figure at all', { membersPerSecond: NaN }, ['ratio to the bare loop']],
  ['memory of a small set says nothing', { peak: 900e6 }, []],
  ['much memory for many members', { members: 1000, peak: 900e6 }, ['peak memory, bytes']],
  ['memory that grows with the members', { members: 1000, heap: { before: 50e6, after: 71e6 } }, ['memory left by a member, bytes']],
])('%s', (_, run, expected) => {
  expect(failures(run)).toEqual(expected);
});

test('the worst run counts, but for the ratio, whose median does', () => {
  expect(failures({}, { lost: 1 })).toEqual(['lost members']);
});

test.each([
  [true, 'passed  single: lost members 0, at most 0 allowed'],
  [false, 'FAILED  single: lost members 0, at most 0 allowed'],
])('a line a limit, passed %s', (passed, text) => {
  expect(gateText({ scenario: 'single', what: 'lost members', allowed: 'at most 0', found: 0, passed })).toBe(text);
});
