import { describe, expect, test } from '@jest/globals';
import type { Benchmark, BenchmarkSpec, BenchmarkStatus } from '../api/types.ts';
import type { Pod } from '../backends/pod.ts';
import { podObject } from '../backends/pod-object.ts';
import { benchmark, role } from '../backends/testing/builders.ts';
import { Cache } from '../kube/cache.ts';
import { FakeClock } from '../kube/fake-clock.ts';
import type { KubeObject, OwnerReference } from '../kube/object.ts';
import { benchmarkCaches } from './controller.ts';
import { holderIndexers } from './indexers.ts';
import { AdmissionQueue } from './queue.ts';
import { attempt, second, start } from './testing/builders.ts';

const cluster = { placement: { exclusive: 'Cluster' as const } };

/** A queue over caches that a test fills. Every benchmark has `replicas` pods, of one role. */
class Town {
  readonly clock = new FakeClock(start + 60 * second);
  readonly caches = benchmarkCaches();
  readonly jobs = new Cache<KubeObject>({ indexers: holderIndexers });
  readonly holders = {
    list: () => this.jobs.list(),
    objectsOf: (uid: string) => this.jobs.index('benchmark', uid),
    byUid: (uid: string) => this.jobs.index('uid', uid)[0],
  };
  readonly queue: AdmissionQueue;
  #version = 0;

  constructor(replicas = 1, priority?: (benchmark: Benchmark) => number) {
    this.queue = new AdmissionQueue({
      ...this.caches,
      holders: this.holders,
      clock: this.clock,
      replicas: ({ spec }) => (spec.sleep === undefined ? undefined : new Map([['sleeper', replicas]])),
      ...(priority ? { priority } : {}),
    });
  }

  arrives(name: string, spec: BenchmarkSpec = cluster, at = 0, status?: BenchmarkStatus): Benchmark {
    const creationTimestamp = new Date(start + at * second).toISOString();
    const made = {
      ...benchmark(spec, { name, uid: `uid-${name}`, creationTimestamp, resourceVersion: String(++this.#version) }),
      ...(status ? { status } : {}),
    };
    this.caches.benchmarks.observe(made);
    return made;
  }

  /** A Job that makes the pods of an attempt. */
  job({ metadata: { name, namespace = '', uid = '' } }: Benchmark, attemptIndex = 0): OwnerReference[] {
    const ownerReferences = [{ apiVersion: 'v1', kind: 'Benchmark', name, uid, controller: true }];
    const labels = { 'assay.dev/benchmark': name, 'assay.dev/benchmark-uid': uid, 'assay.dev/attempt': String(attemptIndex) };
    const metadata = { name, namespace, uid: `uid-job-${name}`, labels, ownerReferences, resourceVersion: String(++this.#version) };
    this.jobs.observe({ kind: 'Job', metadata });
    return [{ apiVersion: 'v1', kind: 'Job', name, uid: metadata.uid, controller: true }];
  }

  pod(
    owner: Benchmark,
    state: { nodeName?: string; phase?: 'Running' | 'Succeeded'; index?: number; metadata?: object; attempt?: number } = {},
  ): Pod {
    const made = podObject({ benchmark: owner, attempt: state.attempt ?? 0, roles: [], peers: {} }, role(), state.index ?? 0, { tag: 't' });
    const whole: Pod = {
      ...made,
      metadata: { ...made.metadata, uid: `uid-pod-${made.metadata.name}`, resourceVersion: String(++this.#version), ...state.metadata },
      spec: { ...made.spec, ...(state.nodeName === undefined ? {} : { nodeName: state.nodeName }) },
      status: { phase: state.phase ?? 'Running' },
    };
    this.caches.pods.observe(whole);
    return whole;
  }
}

describe('who holds a place', () => {
  test.each<[string, (town: Town, other: Benchmark) => void, boolean]>([
    ['nobody', () => {}, true],
    ['one with a pod', (town, other) => void town.pod(other, { nodeName: 'node-1' }), false],
    ['not one whose pod has ended', (town, other) => void town.pod(other, { phase: 'Succeeded' }), true],
    [
      'one whose pod is going, until it is gone',
      (town, other) => void town.pod(other, { metadata: { deletionTimestamp: '2026-11-21T12:00:55Z' } }),
      false,
    ],
    [
      'not one whose node never tells the end',
      (town, other) => void town.pod(other, { metadata: { deletionTimestamp: '2026-11-21T11:00:00Z' } }),
      true,
    ],
    ['not a pod that only carries the labels', (town, other) => void town.pod(other, { metadata: { ownerReferences: [] } }), true],
    ['one that was admitted a moment ago', (town, other) => void town.queue.request(other), false],
    [
      'not one whose pass is over without a pod',
      (town, other) => {
        town.queue.request(other);
        town.queue.release('uid-other');
        town.arrives('other', { ...cluster, suspend: true });
      },
      true,
    ],
  ])('%s', (_, happen, free) => {
    const town = new Town();
    const other = town.arrives('other', cluster);
    const mine = town.arrives('mine', cluster, 1);
    happen(town, other);
    // Whoever waits before must not decide these cases.
    if (free) town.arrives('other', { ...cluster, suspend: true });
    expect(town.queue.request(mine).admitted).toBe(free);
  });

  test('a pod outlives the object of its benchmark in the count, until it is collected', () => {
    const town = new Town();
    town.pod(benchmark(cluster, { name: 'deleted', uid: 'uid-deleted' }), { nodeName: 'node-1' });
    expect(town.queue.request(town.arrives('mine', {})).admitted).toBe(false);
  });
});

describe('a run whose pods something else makes holds its place', () => {
  test.each<[string, (town: Town, other: Benchmark) => void, boolean]>([
    ['before any of them is made', (town, other) => void town.job(other), false],
    [
      'when they are there',
      (town, other) => void town.pod(other, { nodeName: 'node-1', metadata: { ownerReferences: town.job(other) } }),
      false,
    ],
    [
      'not when they have ended',
      (town, other) => {
        town.pod(other, { nodeName: 'node-1', phase: 'Succeeded', metadata: { ownerReferences: town.job(other) } });
        town.arrives('other', { ...cluster, suspend: true });
      },
      true,
    ],
    [
      'not for what an attempt before left',
      (town, other) => {
        town.job(other);
        town.arrives('other', { ...cluster, suspend: true }, 0, { attempts: [attempt(0, 'Suspended')] });
      },
      true,
    ],
    [
      'not when it is over',
      (town, other) => {
        town.job(other);
        town.arrives('other', cluster, 0, { phase: 'Failed' });
      },
      true,
    ],
  ])('%s', (_, happen, free) => {
    const town = new Town();
    const other = town.arrives('other', cluster);
    happen(town, other);
    expect(town.queue.request(town.arrives('mine', cluster, 1)).admitted).toBe(free);
  });

  test('and waits no longer in the queue', () => {
    const town = new Town();
    town.job(town.arrives('first', cluster));
    expect(town.queue.admissible()).toEqual([]);
  });

  test('and looks for its nodes as long as it has none', () => {
    const town = new Town();
    town.job(town.arrives('other', {}));
    const verdict = town.queue.request(town.arrives('mine', {}, 1));
    expect(verdict).toMatchObject({ admitted: false, message: expect.stringContaining('bench/other is being placed') });
  });
});

describe('who waits', () => {
  test.each<[string, BenchmarkSpec, BenchmarkStatus | undefined, boolean]>([
    ['one that came first', cluster, undefined, false],
    ['not one that has ended', cluster, { phase: 'Failed' }, true],
    ['not one that is suspended', { ...cluster, suspend: true }, undefined, true],
    ['not one that is cancelled', { ...cluster, cancel: true }, undefined, true],
    ['not one whose spec is refused', { ...cluster, sleep: undefined as never }, undefined, true],
    [
      'not one that pauses after giving its nodes back',
      cluster,
      { attempts: [attempt(0, 'Failed', { reason: 'HalfPlaced', finishedAt: '2026-11-21T12:01:00Z' })] },
      true,
    ],
  ])('%s', (_, spec, status, free) => {
    const town = new Town();
    town.arrives('first', spec, 0, status);
    expect(town.queue.request(town.arrives('mine', cluster, 1)).admitted).toBe(free);
  });

  test('priority goes before time', () => {
    const town = new Town(1, ({ spec }) => (spec.priorityClassName === 'high' ? 10 : 0));
    town.arrives('first', cluster, 0);
    expect(town.queue.request(town.arrives('urgent', { ...cluster, priorityClassName: 'high' }, 1)).admitted).toBe(true);
  });
});

describe('two workers at once', () => {
  test('never admit two into one scope, though no cache has seen a pod yet', () => {
    const town = new Town();
    const [first, next] = [town.arrives('first'), town.arrives('next', cluster, 1)];
    expect([town.queue.request(first).admitted, town.queue.request(next).admitted]).toEqual([true, false]);
  });

  test('asking twice gives the same place', () => {
    const town = new Town();
    const mine = town.arrives('mine');
    expect([town.queue.request(mine).admitted, town.queue.request(mine).admitted]).toEqual([true, true]);
  });
});

describe('runs that look for nodes themselves', () => {
  const node = { placement: { exclusive: 'Node' as const } };

  test.each<[string, (town: Town, other: Benchmark) => void, boolean]>([
    ['not while another has no node yet', (town, other) => void town.pod(other), false],
    ['not while another is half placed', (town, other) => void town.pod(other, { nodeName: 'node-1' }), false],
    [
      'when the other has all its nodes',
      (town, other) => {
        town.pod(other, { nodeName: 'node-1' });
        town.pod(other, { nodeName: 'node-2', index: 1 });
      },
      true,
    ],
    [
      'when one of its pods has ended: no more will come',
      (town, other) => {
        town.pod(other, { nodeName: 'node-1' });
        town.pod(other, { nodeName: 'node-2', index: 1, phase: 'Succeeded' });
      },
      true,
    ],
  ])('%s', (_, happen, free) => {
    const town = new Town(2);
    happen(town, town.arrives('other', node));
    expect(town.queue.request(town.arrives('mine', node, 1)).admitted).toBe(free);
  });
});

test('a restarted operator sees the same holders and the same order', () => {
  const town = new Town();
  town.pod(town.arrives('holder'), { nodeName: 'node-1' });
  town.arrives('second', cluster, 2);
  const third = town.arrives('third', cluster, 3);
  const restarted = new AdmissionQueue({
    ...town.caches,
    holders: town.holders,
    clock: town.clock,
    replicas: () => new Map([['sleeper', 1]]),
  });
  expect(restarted.request(third)).toEqual(town.queue.request(third));
  expect(restarted.request(third)).toMatchObject({ message: expect.stringContaining('place 2') });
});

test('those that could start now are told, and no more', () => {
  const town = new Town();
  town.arrives('late', cluster, 2);
  town.arrives('early', cluster, 1);
  town.arrives('shared', { placement: { exclusive: 'None' } }, 3);
  expect(town.queue.admissible()).toEqual(['bench/early']);
});

test('a benchmark is crowded by the nodes of others, not by its own', () => {
  const town = new Town();
  const [mine, other] = [town.arrives('mine', {}), town.arrives('other', {})];
  town.pod(mine, { nodeName: 'node-1' });
  const alone = town.queue.isCrowded('uid-mine');
  town.pod(other, { nodeName: 'node-2' });
  expect([alone, town.queue.isCrowded('uid-mine')]).toEqual([false, true]);
});

describe('a benchmark that shares its nodes', () => {
  const none = { placement: { exclusive: 'None' as const, nodes: { sleeper: 'node-1' } } };

  test.each<['None' | 'Node' | 'Namespace' | 'Cluster', boolean]>([
    ['None', true],
    ['Node', false],
    ['Namespace', false],
    ['Cluster', false],
  ])('beside one that holds its place with %s: admitted %s', (exclusive, admitted) => {
    const town = new Town();
    town.pod(town.arrives('other', { placement: { exclusive } }), { nodeName: 'node-1' });
    const mine = town.arrives('mine', none, 1);
    expect([town.queue.request(mine).admitted, town.queue.admissible().length]).toEqual([admitted, 0]);
  });

  test('waits for an exclusive one whatever the label of its pod says', () => {
    const town = new Town();
    const other = town.arrives('other', { placement: { exclusive: 'Node' } });
    const { metadata } = town.pod(other, { nodeName: 'node-1' });
    town.pod(other, { nodeName: 'node-1', metadata: { labels: { ...metadata.labels, 'assay.dev/exclusive': 'None' } } });
    expect(town.queue.request(town.arrives('mine', none, 1)).admitted).toBe(false);
  });

  test('waits for the pods of an exclusive one that is gone, by their label', () => {
    const town = new Town();
    const other = town.arrives('other', { placement: { exclusive: 'Node' } });
    town.pod(other, { nodeName: 'node-1' });
    town.caches.benchmarks.remove(other);
    expect(town.queue.request(town.arrives('mine', none, 1)).admitted).toBe(false);
  });
});
