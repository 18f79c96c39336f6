import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { workloadOf, workloads } from '../../runners/registry.ts';
import { podName } from '../backends/names.ts';
import { effectiveSpec } from './parameters.ts';
import { givenName, longestPodName, longestPodSuffix } from './pod-names.ts';
import { benchmark } from './testdata/refused.ts';
import type { BenchmarkSpec } from './types.ts';
import { validateBenchmark } from './validate.ts';

/** On the backend that the spec names. */
function suffixOf(spec: BenchmarkSpec): string {
  const chosen = workloadOf(effectiveSpec(spec));
  if (!chosen) throw new Error('no workload is chosen');
  return longestPodSuffix(chosen, spec.backend);
}

describe('the longest suffix', () => {
  test.each<[string, BenchmarkSpec, string]>([
    ['of a single pod', { sleep: {} }, '-sleeper-0-a99'],
    ['of a pair is that of the longer role', { iperf: {} }, '-server-0-a99'],
    ['of ten workers has one digit', { fio: { workers: 10 } }, '-worker-9-a99'],
    ['of eleven has two', { fio: { workers: 11 } }, '-worker-10-a99'],
    ['on Volcano is that of its Job', { fio: { workers: 11 }, backend: 'Volcano' }, '-a99-worker-10'],
    ['on JobSet is that of its Job, with the random end', { fio: { workers: 11 }, backend: 'JobSet' }, '-a99-worker-0-10-xxxxx'],
  ])('%s', (_, spec, suffix) => {
    expect(suffixOf(spec)).toBe(suffix);
  });

  test.each(Object.keys(workloads))('of %s is no shorter than that of any pod of any attempt', (name) => {
    const chosen = workloadOf(effectiveSpec({ [name]: {} }));
    const roles = chosen?.workload.plan(chosen.parameters) ?? [];
    expect(roles).not.toEqual([]);
    const longest = suffixOf({ [name]: {} }).length;
    for (const role of roles) {
      for (const attempt of [0, 1, 9, 10, 99]) {
        for (let index = 0; index < role.replicas; index++) {
          expect(podName('', role.name, index, attempt).length).toBeLessThanOrEqual(longest);
        }
      }
    }
  });
});

test.each([
  [{ name: 'net' }, 'net'],
  [{ name: 'net', generateName: 'made-' }, 'net'],
  [{ generateName: 'made-' }, 'made-xxxxx'],
  [{}, 'xxxxx'],
])('the name of %j is, or is as long as, %s', (metadata, name) => {
  expect(givenName(metadata)).toBe(name);
});

test('a name is accepted exactly where the pod of a late attempt still fits', () => {
  const suffix = suffixOf({ sleep: {} });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 63 }), fc.boolean(), (length, generated) => {
      const name = 'n'.repeat(length);
      const object = generated ? benchmark({}, { name: undefined, generateName: name }) : benchmark({}, { name });
      const whole = (generated ? `${name}xxxxx` : name) + suffix;
      const paths = validateBenchmark(object).map(({ path }) => path);
      expect(paths).toEqual(whole.length > longestPodName ? ['metadata.name'] : []);
    }),
    { numRuns: 40 },
  );
});
