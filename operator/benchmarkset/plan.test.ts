import { expect, test } from '@jest/globals';
import { benchmarkSet, setOf } from './builders.ts';
import { memberOf, planOf } from './plan.ts';
import { seedOf } from './random.ts';

const firstMember = (set = setOf(12)) => {
  const plan = planOf(set);
  const [run] = plan.runs;
  if (!run) throw new Error('no run');
  return memberOf(set, plan, run);
};

test('a member carries the cell’s spec, the set’s labels and its owner', () => {
  expect(firstMember()).toEqual({
    apiVersion: 'assay.dev/v1alpha1',
    kind: 'Benchmark',
    metadata: {
      name: 'net-00-0',
      namespace: 'bench',
      labels: { 'assay.dev/set': 'net', 'assay.dev/cell': '00', 'assay.dev/repetition': '0' },
      ownerReferences: [
        { apiVersion: 'assay.dev/v1alpha1', kind: 'BenchmarkSet', name: 'net', uid: 'uid-1', controller: true, blockOwnerDeletion: true },
      ],
    },
    spec: { sleep: { duration: '1s' } },
  });
});

test('labels and annotations of the template come along; ours cannot be overruled', () => {
  const metadata = { labels: { team: 'storage', 'assay.dev/set': 'other' }, annotations: { note: 'x' } };
  const member = firstMember(benchmarkSet({ template: { metadata, spec: { sleep: {} } } }));
  expect(member.metadata.labels).toMatchObject({ team: 'storage', 'assay.dev/set': 'net' });
  expect(member.metadata.annotations).toEqual({ note: 'x' });
});

test('the seed of the specification counts', () => {
  expect(planOf(setOf(2, { seed: 42 })).seed).toBe(42);
});

test('a seed of 0 is a seed', () => {
  expect(planOf(setOf(2, { seed: 0 })).seed).toBe(0);
});

test('without one it comes from the uid', () => {
  expect(planOf(setOf(2)).seed).toBe(seedOf('uid-1'));
});

test.each([1000, 10_000])('%i members have different names of one length', (count) => {
  const { runs } = planOf(setOf(count / 10, { repetitions: 10, order: 'Random' }));
  expect(new Set(runs.map(({ name }) => name)).size).toBe(count);
  expect(new Set(runs.map(({ name }) => name.length)).size).toBe(1);
});

test('a refused set has no runs', () => {
  const { runs, problems } = planOf(benchmarkSet({ matrix: { product: { retries: [] } } }));
  expect(runs).toEqual([]);
  expect(problems).toHaveLength(1);
});
