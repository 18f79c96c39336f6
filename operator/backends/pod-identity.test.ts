import { describe, expect, test } from '@jest/globals';
import { identityOf } from './pod-identity.ts';
import { pod } from './testing/builders.ts';

const given = { 'assay.dev/role': 'worker', 'assay.dev/attempt': '2' };
const told = { 'assay.dev/index': '1', 'volcano.sh/task-index': '3', 'batch.kubernetes.io/job-completion-index': '5' };

function madeBy(apiVersion: string, labels: Record<string, string>) {
  const ownerReferences = [{ apiVersion, kind: 'Any', name: 'net', uid: 'uid-net', controller: true }];
  return identityOf(pod({}, { labels: { ...given, ...labels }, ownerReferences }));
}

describe('the index of a pod', () => {
  test.each([
    ['of the operator itself', 'assay.dev/v1alpha1', 1],
    ['of a Volcano Job', 'batch.volcano.sh/v1alpha1', 3],
    ['of a Job', 'batch/v1', 5],
  ])('%s is where its maker writes it, whatever else the labels say', (_, apiVersion, index) => {
    expect(madeBy(apiVersion, told)).toEqual({ role: 'worker', attempt: 2, index });
  });

  test.each(['', '-1', '1e3', '9999999', 'one'])('%j is none', (text) => {
    expect(madeBy('assay.dev/v1alpha1', { 'assay.dev/index': text }).index).toBe(0);
  });
});

test('a pod without labels is the first of no role', () => {
  expect(identityOf(pod({}, { labels: {}, ownerReferences: [] }))).toEqual({ role: '', index: 0, attempt: 0 });
});
