import { expect, test } from '@jest/globals';
import { figures } from './builders.ts';
import { compare } from './comparison.ts';
import { scenarioTable } from './report.ts';

const runs = [
  figures({ subject: 'bare', membersPerSecond: 25, cpu: 0.0101 }),
  figures({ membersPerSecond: 20 }),
  figures({ membersPerSecond: 23.04, byVerb: { 'create pods': 200, 'get configmaps': 1 } }),
  figures({ subject: 'bare', membersPerSecond: 24 }),
];
const lines = scenarioTable(compare('single', runs)).split('\n');
const cells = (start: string) => lines.find((line) => line.startsWith(start))?.split(/ {2,}/);

test('a column a run, the bare loop first, and the figures of others behind', () => {
  expect(cells('single')).toEqual(['single', 'bare', 'bare', 'operator', 'operator', 'kube-perftest']);
  expect(cells('members/s')).toEqual(['members/s', '25.0', '24.0', '20.0', '23.0', '0.1-0.8']);
  expect(cells('requests a member')?.at(-1)).toBe('180-520');
});

test.each([
  ['writes a member', '4.90 / 5'],
  ['create -> first pod', '0.10 / 0.20'],
  ['pod end -> status', '0.30 / 0.40'],
  ['CPU a member', '10.1'],
  ['CPU of all processes', '100.0'],
  ['peak memory', '250'],
  ['lost / doubled', '0 / 0'],
])('%s is told with its unit', (start, text) => {
  expect(cells(start)?.[1]).toBe(text);
});

test('the ratio with each of its rounds', () => {
  expect(lines).toContainEqual('ratio 0.88 (0.80, 0.96), by CPU time of all processes 1.00');
});

test('what the operator asks for, a member', () => {
  expect(lines).toContainEqual(expect.stringContaining('create pods 1.000'));
});

test.each([
  [1000, true],
  [200, false],
])('what a set of %s leaves in memory is told: %s', (members, told) => {
  const text = scenarioTable(compare('single', [figures({ heap: { before: 40e6, after: 60e6 }, members })]));
  expect(text.includes('40 -> 60 MB (20.0 kB a member)')).toBe(told);
});
