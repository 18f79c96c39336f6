import { describe, expect, test } from '@jest/globals';
import { benchmark, pod } from '../backends/testing/builders.ts';
import type { KubeObject } from '../kube/object.ts';
import { newMemory } from './memory.ts';
import { isOwnedBy, ownedBy, rootOf } from './ownership.ts';

const owner = benchmark();
const reference = (uid: string, controller = true) => [{ apiVersion: 'v1', kind: 'Any', name: 'any', uid, controller }];

/** An object with the benchmark's labels that `holder` controls. */
function held(uid: string, holder: string, metadata: Partial<KubeObject['metadata']> = {}): KubeObject {
  return {
    metadata: { name: uid, uid, labels: { 'assay.dev/benchmark-uid': 'uid-net' }, ownerReferences: reference(holder), ...metadata },
  };
}

describe('what belongs to a benchmark by itself', () => {
  test.each<[string, Partial<KubeObject['metadata']>, boolean]>([
    ['its own pod', {}, true],
    ['a pod that carries its labels', { ownerReferences: [] }, false],
    ['a pod of another benchmark', { ownerReferences: reference('uid-other') }, false],
    ['a pod that it owns beside another controller', { ownerReferences: reference('uid-net', false) }, false],
    ['a pod whose labels were changed', { labels: {} }, false],
  ])('%s: %#', (_, metadata, own) => {
    expect(isOwnedBy(pod({}, metadata), owner)).toBe(own);
  });
});

function names(objects: KubeObject[], memory = newMemory('uid-net')): string[] {
  return ownedBy(owner, objects, memory).map(({ metadata }) => metadata.name);
}

describe('what belongs to it by what holds it', () => {
  test.each<[string, KubeObject[], string[]]>([
    ['a pod of its Job', [held('job', 'uid-net'), held('pod', 'job')], ['job', 'pod']],
    ['one more between', [held('set', 'uid-net'), held('job', 'set'), held('pod', 'job')], ['set', 'job', 'pod']],
    ['in any order', [held('pod', 'job'), held('job', 'uid-net')], ['pod', 'job']],
    ['not a pod of a Job that only carries its labels', [held('job', 'uid-other'), held('pod', 'job')], []],
    ['not a pod of a Job that nobody knows', [held('pod', 'job')], []],
    ['not a pod without its labels', [held('job', 'uid-net'), held('pod', 'job', { labels: {} })], ['job']],
    ['not objects that hold each other', [held('a', 'b'), held('b', 'a')], []],
  ])('%s', (_, objects, expected) => {
    expect(names(objects)).toEqual(expected);
  });

  test('a pod of a Job that was there a moment ago', () => {
    const memory = { ...newMemory('uid-net'), holders: new Map([['job', { name: 'Job net', attempt: 0 }]]) };
    expect(names([held('pod', 'job')], memory)).toEqual(['pod']);
  });
});

test('a root is looked for in a few steps only', () => {
  const chain = new Map(Array.from({ length: 9 }, (_, index) => [`u${index}`, held(`u${index}`, `u${index + 1}`)]));
  expect(rootOf(held('pod', 'u0'), (uid) => chain.get(uid))).toBe('u3');
});
