import { expect, test } from '@jest/globals';
import { attemptLabels, ownerReferences } from './labels.ts';
import { benchmark } from './testing/builders.ts';

test('everything of an attempt says whose it is, which attempt, and what it may not share', () => {
  expect(attemptLabels(benchmark({ placement: { exclusive: 'Cluster' } }), 2)).toEqual({
    'app.kubernetes.io/managed-by': 'assay',
    'assay.dev/benchmark': 'net',
    'assay.dev/benchmark-uid': 'uid-net',
    'assay.dev/attempt': '2',
    'assay.dev/exclusive': 'Cluster',
  });
});

test.each([
  ['None', 'None'],
  ['Namespace', 'Namespace'],
  [undefined, 'Node'],
] as const)('exclusive %s is labelled %s: the queue reads it there', (exclusive, label) => {
  const placement = exclusive === undefined ? {} : { exclusive };
  expect(attemptLabels(benchmark({ placement }), 0)['assay.dev/exclusive']).toBe(label);
});

test("a benchmark's own labels cannot pass for those of the operator", () => {
  const labels = { 'assay.dev/benchmark-uid': 'forged', 'assay.dev/attempt': '9', 'assay.dev/warmup': 'true' };
  expect(attemptLabels(benchmark({}, { labels }), 0)).toMatchObject({
    'assay.dev/benchmark-uid': 'uid-net',
    'assay.dev/attempt': '0',
    'assay.dev/warmup': 'true',
  });
});

test("a member's pods carry the labels of its set, and no others of the benchmark", () => {
  const labels = { 'assay.dev/set': 'sweep', 'assay.dev/cell': '03', 'assay.dev/repetition': '1', team: 'blue' };
  const own = attemptLabels(benchmark({}, { labels }), 0);
  expect(own).toMatchObject({ 'assay.dev/set': 'sweep', 'assay.dev/cell': '03', 'assay.dev/repetition': '1' });
  expect(own).not.toHaveProperty('team');
});

test('the benchmark is the controller of what it makes, by UID', () => {
  expect(ownerReferences(benchmark())).toEqual([
    { apiVersion: 'assay.dev/v1alpha1', kind: 'Benchmark', name: 'net', uid: 'uid-net', controller: true, blockOwnerDeletion: true },
  ]);
});
