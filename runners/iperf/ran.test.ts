import { expect, test } from '@jest/globals';
import { otherRun, secondsOf, shortRun } from './ran.ts';

test.each([
  ['exactly as long', 10, 10],
  ['longer, because the last data had to drain', 10.4, 10],
  ['shorter by a timer’s inaccuracy', 9.95, 10],
  ['shorter by 2 % of a long run', 3528, 3600],
  ['a tenth shorter than a second', 0.9, 1],
  ['without an expectation', 2.9, 0],
])('a run that was %s counts', (_, ran, asked) => {
  expect(shortRun('iperf', ran, asked)).toBeUndefined();
});

test.each([
  [9.7, 10, 'iperf measured 9.7 s where 10 s were asked for; it was cut short'],
  [3500, 3600, 'iperf measured 3500 s where 3600 s were asked for; it was cut short'],
  [2.936_91, 20, 'iperf measured 2.937 s where 20 s were asked for; it was cut short'],
  [0, 1, 'iperf measured 0 s where 1 s were asked for; it was cut short'],
])('a run of %d s of %d s does not', (ran, asked, message) => {
  expect(shortRun('iperf', ran, asked)).toEqual({ ok: false, reason: 'OutputUnparsable', message });
});

test('a run that is the one asked for has no difference', () => {
  expect(
    otherRun('iperf', [
      ['streams', 4, 4],
      ['protocol', 'TCP', 'TCP'],
    ]),
  ).toBeUndefined();
});

test.each<[string, unknown, unknown, string]>([
  ['streams', 1, 4, 'iperf ran with streams 1 where 4 was asked for'],
  ['protocol', undefined, 'UDP', 'iperf ran with protocol undefined where "UDP" was asked for'],
  ['reverse', false, true, 'iperf ran with reverse false where true was asked for'],
])('another one is named by its first difference: %s', (name, ran, asked, message) => {
  expect(
    otherRun('iperf', [
      ['duration', 1, 1],
      [name, ran, asked],
      ['length', 1, 2],
    ]),
  ).toEqual({ ok: false, reason: 'OutputUnparsable', message });
});

test.each([
  ['10s', 10],
  ['1m30s', 90],
  ['0s', 0],
])('%s are %d whole seconds', (duration, seconds) => {
  expect(secondsOf(duration)).toBe(seconds);
});
