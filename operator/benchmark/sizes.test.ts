import { describe, expect, test } from '@jest/globals';
import { benchmark, role } from '../backends/testing/builders.ts';
import { tooLarge } from './sizes.ts';

/** Servers whose addresses one client needs. */
const crowd = (replicas: number) => [role({ name: 'server', replicas }), role({ name: 'client', after: ['server'] })];

describe('what fits its way to the pod', () => {
  test.each<[string, number, boolean, string[]]>([
    ['a pair', 1, false, []],
    ['a pair that starts together', 1, true, []],
    ['2,000 addresses in a task', 2000, false, []],
    ['4,000 addresses in an annotation', 4000, true, []],
    [
      '4,000 addresses in a task',
      4000,
      false,
      ["spec: the task of role client has 168,235 bytes; at most 98,304 fit into a pod's environment"],
    ],
    [
      '5,000 addresses in an annotation',
      5000,
      true,
      [
        "spec: what role client is told of its peers' addresses has 210,034 bytes; " +
          "at most 196,608 fit into a pod's annotation; take fewer pods",
      ],
    ],
  ])('%s', (_, replicas, startsTogether, problems) => {
    expect(tooLarge(benchmark(), crowd(replicas), startsTogether)).toEqual(problems);
  });

  test('a task is bounded for every role, the servers too', () => {
    const files = [{ name: 'job', content: 'x'.repeat(100_000) }];
    const large = role({ name: 'server', task: { argv: ['true'], measures: false, files } });
    expect(tooLarge(benchmark(), [large], true)).toEqual([expect.stringMatching(/^spec: the task of role server has 100,\d{3} bytes/)]);
  });
});
