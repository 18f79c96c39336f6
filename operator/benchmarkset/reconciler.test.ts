import { describe, expect, test } from '@jest/globals';
import type { Problem } from '../../runners/workload.ts';
import type { Benchmark, BenchmarkPhase, BenchmarkSet, BenchmarkSetSpec } from '../api/types.ts';
import { Cache } from '../kube/cache.ts';
import { ApiError } from '../kube/errors.ts';
import { FakeClock } from '../kube/fake-clock.ts';
import { silentLogger } from '../kube/logger.ts';
import { benchmarks, benchmarkSets, configMaps, nodes } from '../kube/object.ts';
import type { KubeObject } from '../kube/object.ts';
import { annotations } from '../results/configmap.ts';
import { setOf, start, statusOf } from './builders.ts';
import { BenchmarkSetReconciler } from './reconciler.ts';
import { StubClient } from './stub-client.ts';

const key = 'bench/net';

/** One set, its reconciler, and an API server that can be made to fail. */
class Bench {
  readonly clock = new FakeClock(start);
  readonly api = new StubClient();
  readonly sets = new Cache<BenchmarkSet>();
  readonly members = new Cache<Benchmark>();
  readonly events: string[] = [];
  validated = 0;
  problems: Problem[] = [];
  readonly #reconciler = this.another();

  constructor(set: BenchmarkSet) {
    this.sets.observe(this.api.put(benchmarkSets, set));
  }

  /** As after a restart: nothing is remembered. */
  another(): BenchmarkSetReconciler {
    return new BenchmarkSetReconciler({
      client: this.api.client,
      sets: this.sets,
      benchmarks: this.members,
      recorder: { record: (_, type, reason) => void this.events.push(`${type} ${reason}`) },
      clock: this.clock,
      logger: silentLogger,
      validate: () => {
        this.validated++;
        return this.problems;
      },
    });
  }

  /** What one pass asked of the API server. */
  async pass(reconciler = this.#reconciler): Promise<{ asked: string[]; recheckAfter?: number }> {
    const before = this.api.asked.length;
    const recheck = await reconciler.reconcile(key);
    return { asked: this.api.asked.slice(before), ...recheck };
  }

  get set(): BenchmarkSet {
    const set = this.sets.get(key);
    if (!set) throw new Error('no set');
    return set;
  }

  end(name: string, phase: BenchmarkPhase): void {
    const member = this.members.get(`bench/${name}`);
    if (!member) throw new Error(`${name} was not created`);
    this.members.observe(this.api.put(benchmarks, { ...member, status: statusOf(phase) }));
  }

  change(spec: Partial<BenchmarkSetSpec>): void {
    const { metadata } = this.set;
    const generation = (metadata.generation ?? 0) + 1;
    this.sets.observe(
      this.api.put(benchmarkSets, { ...this.set, metadata: { ...metadata, generation }, spec: { ...this.set.spec, ...spec } }),
    );
  }
}

const look = 'get configmaps net-results';
const write = 'replaceStatus benchmarksets net';
const create = (name: string) => `create benchmarks ${name}`;
const failed = ({ status }: BenchmarkSet) => status?.conditions?.find(({ type, status: value }) => type === 'Failed' && value === 'True');

describe('a pass', () => {
  test('looks for taken results, creates, then writes the status', async () => {
    expect((await new Bench(setOf(2)).pass()).asked).toEqual([look, create('net-0-0'), write]);
  });

  test('sees its own writes at once, so that a second one does nothing', async () => {
    const bench = new Bench(setOf(2));
    await bench.pass();
    expect(await bench.pass()).toEqual({ asked: [] });
  });

  test('publishes before it writes the last status', async () => {
    const bench = new Bench(setOf(1));
    await bench.pass();
    bench.end('net-0-0', 'Succeeded');
    expect((await bench.pass()).asked).toEqual(['create configmaps net-results', write]);
  });

  test('over a finished set asks nothing', async () => {
    expect(await new Bench(setOf(1, {}, { finishedAt: '2026-11-21T12:00:00Z', observedGeneration: 1 })).pass()).toEqual({ asked: [] });
  });

  test('over a set that is being deleted asks nothing', async () => {
    const set = setOf(1);
    set.metadata.deletionTimestamp = '2026-11-21T12:00:00Z';
    expect(await new Bench(set).pass()).toEqual({ asked: [] });
  });

  test('over a set that is gone asks nothing', async () => {
    const bench = new Bench(setOf(1));
    bench.sets.remove(bench.set);
    expect(await bench.pass()).toEqual({ asked: [] });
  });
});

const underWay = async () => {
  const bench = new Bench(setOf(3));
  await bench.pass();
  return bench;
};

describe('progress', () => {
  test('is held back within a second of the last write, the next member is not', async () => {
    const bench = await underWay();
    await bench.clock.advance(300);
    bench.end('net-0-0', 'Succeeded');
    expect(await bench.pass()).toEqual({ asked: [create('net-1-0')], recheckAfter: 700 });
  });

  test('is written once the second is over', async () => {
    const bench = await underWay();
    await bench.clock.advance(300);
    bench.end('net-0-0', 'Succeeded');
    await bench.pass();
    await bench.clock.advance(700);
    expect(await bench.pass()).toEqual({ asked: [write] });
    expect(bench.set.status?.progress).toBe('1/3');
  });

  test('a transition is not held back', async () => {
    const bench = await underWay();
    bench.change({ cancel: true });
    expect((await bench.pass()).asked).toEqual(['patch benchmarks net-0-0', write]);
  });
});

describe('validation', () => {
  test('happens once for a version of the specification', async () => {
    const bench = new Bench(setOf(2));
    await bench.pass();
    await bench.pass();
    expect(bench.validated).toBe(1);
  });

  test('is repeated when a refused specification changes', async () => {
    const bench = new Bench(setOf(2));
    bench.problems = [{ path: 'spec', message: 'bad' }];
    await bench.pass();
    expect(bench.set.status?.phase).toBe('Failed');
    bench.problems = [];
    bench.change({ repetitions: 2 });
    expect((await bench.pass()).asked).toContain(create('net-0-0'));
    expect(bench.validated).toBe(2);
  });

  test('is not asked again about an accepted set after a restart', async () => {
    const bench = new Bench(setOf(2));
    await bench.pass();
    bench.problems = [{ path: 'spec', message: 'a newer operator refuses this' }];
    bench.end('net-0-0', 'Succeeded');
    expect((await bench.pass(bench.another())).asked).toEqual([create('net-1-0'), write]);
  });

  test('a refused set has no request but the status', async () => {
    const bench = new Bench(setOf(2));
    bench.problems = [{ path: 'spec', message: 'bad' }];
    expect((await bench.pass()).asked).toEqual([write]);
  });
});

const pairs = () => setOf(1, { matrix: { nodes: { roles: ['sleeper', 'other'] } } });

describe('pairs of nodes', () => {
  const ready = { conditions: [{ type: 'Ready', status: 'True' }] };

  function benchWith(...names: string[]): Bench {
    const bench = new Bench(pairs());
    for (const name of names) bench.api.put(nodes, { metadata: { name }, status: ready } as KubeObject);
    return bench;
  }

  test('are written down before the first member is made', async () => {
    const { asked } = await benchWith('a', 'b').pass();
    expect(asked).toEqual(['list nodes', write, look, create('net-0-0'), write]);
  });

  test('stay in the status', async () => {
    const bench = benchWith('b', 'a');
    await bench.pass();
    expect(bench.set.status).toMatchObject({ phase: 'Running', nodes: ['a', 'b'], members: { total: 2 } });
  });

  test('are the same after a restart, whatever nodes there are then', async () => {
    const bench = benchWith('a', 'b');
    await bench.pass();
    bench.api.put(nodes, { metadata: { name: 'c' }, status: ready } as KubeObject);
    bench.end('net-0-0', 'Succeeded');
    expect((await bench.pass(bench.another())).asked).toEqual([create('net-1-0'), write]);
    expect(bench.set.status?.members?.total).toBe(2);
  });

  test('are told by an event', async () => {
    const bench = benchWith('a', 'b');
    await bench.pass();
    expect(bench.events).toContain('Normal NodesChosen');
  });

  test('that cannot be made refuse the set, without any other request', async () => {
    const bench = benchWith('a');
    expect((await bench.pass()).asked).toEqual(['list nodes', write]);
    expect(bench.set.status).toMatchObject({ phase: 'Failed', summary: expect.stringContaining('only a matches') });
  });

  test('a refused set does not ask for them again', async () => {
    const bench = benchWith('a');
    await bench.pass();
    expect((await bench.pass()).asked).toEqual([]);
  });

  test('without the right to list nodes it is that what the set is refused for', async () => {
    const bench = benchWith('a', 'b');
    bench.api.failures.set('list nodes', new ApiError(403, 'Forbidden', 'no'));
    await bench.pass();
    expect(bench.set.status?.conditions).toContainEqual(
      expect.objectContaining({ type: 'Accepted', status: 'False', reason: 'NotAllowed' }),
    );
  });

  test('are chosen anew when a refused set is mended', async () => {
    const bench = benchWith('a');
    await bench.pass();
    bench.api.put(nodes, { metadata: { name: 'b' }, status: ready } as KubeObject);
    bench.change({ repetitions: 2 });
    expect((await bench.pass()).asked).toEqual(['list nodes', write, look, create('net-0-0'), write]);
  });

  test('are forgotten by a set that is refused for what they make of it', async () => {
    const bench = new Bench(setOf(1, { matrix: { nodes: {} } }, { nodes: ['a', 'b'] }));
    bench.problems = [{ path: 'spec.matrix', message: 'too many cells' }];
    await bench.pass();
    expect(bench.set.status).not.toHaveProperty('nodes');
  });

  test('a set that is wrong by itself asks for no nodes', async () => {
    const bench = benchWith('a', 'b');
    bench.problems = [{ path: 'spec', message: 'bad' }];
    expect((await bench.pass()).asked).toEqual([write]);
  });
});

const existing = (metadata: Partial<KubeObject['metadata']>): KubeObject => ({
  metadata: { name: 'net-results', namespace: 'bench', ...metadata },
});

describe('a results ConfigMap that is there before the first run', () => {
  const owner = { apiVersion: 'assay.dev/v1alpha1', kind: 'BenchmarkSet', name: 'net', uid: 'uid-0', controller: true };

  test.each<[string, KubeObject, boolean]>([
    ['somebody’s', existing({}), true],
    ['retained by an earlier set', existing({ annotations: { [annotations.ownerUid]: 'uid-0' } }), true],
    ['still owned by an earlier set, and going with it', existing({ ownerReferences: [owner] }), false],
    ['our own', existing({ annotations: { [annotations.ownerUid]: 'uid-1' } }), false],
  ])('%s: ends the set %s', async (_, configMap, ends) => {
    const bench = new Bench(setOf(2));
    bench.api.put(configMaps, configMap);
    await bench.pass();
    expect(failed(bench.set)?.reason).toBe(ends ? 'NameConflict' : undefined);
    expect(bench.members.size).toBe(ends ? 0 : 1);
  });

  test('is not looked for again later', async () => {
    const bench = new Bench(setOf(2));
    await bench.pass();
    bench.end('net-0-0', 'Succeeded');
    expect((await bench.pass(bench.another())).asked).not.toContain(look);
  });
});

describe('refusals and faults', () => {
  test.each([
    [422, 'Invalid', 'spec.sleep: bad', 'InvalidSpec'],
    [400, 'BadRequest', 'unknown field', 'InvalidSpec'],
    [403, 'Forbidden', 'exceeded quota: count', 'QuotaExceeded'],
    [403, 'Forbidden', 'cannot create benchmarks', 'NotAllowed'],
  ])('%i %s, %s, ends the set as %s', async (status, kind, message, reason) => {
    const bench = new Bench(setOf(2));
    bench.api.failures.set(create('net-0-0'), new ApiError(status, kind, message));
    await bench.pass();
    expect(failed(bench.set)).toMatchObject({ reason, message: `the API server refused member net-0-0: ${message}` });
    expect(bench.set.status?.finishedAt).toBeDefined();
  });

  test('a refusal cancels what runs, and its cause stays until the end', async () => {
    const bench = new Bench(setOf(2, { parallelism: 2 }));
    bench.api.failures.set(create('net-1-0'), new ApiError(422, 'Invalid', 'bad'));
    expect((await bench.pass()).asked).toEqual([look, create('net-0-0'), create('net-1-0'), 'patch benchmarks net-0-0', write]);
    bench.end('net-0-0', 'Cancelled');
    await bench.pass();
    expect(failed(bench.set)).toMatchObject({ reason: 'InvalidSpec', message: 'the API server refused member net-1-0: bad' });
  });

  test.each([500, 429, 409])('%i fails the pass; the next one goes on', async (status) => {
    const bench = new Bench(setOf(2));
    bench.api.failures.set(create('net-0-0'), new ApiError(status, 'Later', 'later'));
    await expect(bench.pass()).rejects.toThrow('later');
    expect((await bench.pass()).asked).toEqual([look, create('net-0-0'), write]);
  });

  test('a fault of one member does not keep the others of its batch', async () => {
    const bench = new Bench(setOf(3, { parallelism: 3 }));
    bench.api.failures.set(create('net-1-0'), new ApiError(500, 'InternalError', 'later'));
    await expect(bench.pass()).rejects.toThrow('later');
    expect(bench.members.list().map(({ metadata }) => metadata.name)).toEqual(['net-0-0', 'net-2-0']);
  });

  test('a member that exists though the cache lacks it is taken into it, not made twice', async () => {
    const other = new Bench(setOf(2));
    await other.pass();
    const bench = new Bench(setOf(2));
    const made = other.api.objects.get('benchmarks net-0-0');
    if (!made) throw new Error('not made');
    bench.api.put(benchmarks, made);
    expect((await bench.pass()).asked).toEqual([look, create('net-0-0'), 'get benchmarks net-0-0', write]);
    expect(bench.members.size).toBe(1);
    expect((await bench.pass()).asked).toEqual([]);
  });

  test('a member that went away before it was cancelled is no fault', async () => {
    const bench = new Bench(setOf(1));
    await bench.pass();
    bench.api.objects.delete('benchmarks net-0-0');
    bench.change({ cancel: true });
    expect((await bench.pass()).asked).toEqual(['patch benchmarks net-0-0', write]);
  });

  test('a lost status write fails the pass, and the next one writes the same', async () => {
    const bench = new Bench(setOf(1));
    bench.api.failures.set(write, new ApiError(409, 'Conflict', 'changed meanwhile'));
    await expect(bench.pass()).rejects.toThrow('changed meanwhile');
    expect((await bench.pass()).asked).toEqual([look, write]);
    expect(bench.set.status?.phase).toBe('Running');
  });

  test('results that cannot be written end the set without them', async () => {
    const bench = new Bench(setOf(1));
    await bench.pass();
    bench.end('net-0-0', 'Succeeded');
    bench.api.failures.set('create configmaps net-results', new ApiError(413, 'RequestEntityTooLarge', 'too large'));
    await bench.pass();
    expect(bench.set.status).toMatchObject({ phase: 'Failed', members: { succeeded: 1 } });
    expect(bench.set.status?.resultsRef).toBeUndefined();
    expect(failed(bench.set)?.message).toContain('too large');
  });

  test('results that a broken pass wrote are written over', async () => {
    const bench = new Bench(setOf(1));
    await bench.pass();
    bench.end('net-0-0', 'Succeeded');
    bench.api.failures.set(write, new ApiError(500, 'InternalError', 'later'));
    await expect(bench.pass()).rejects.toThrow('later');
    expect((await bench.pass()).asked).toEqual([
      'create configmaps net-results',
      'get configmaps net-results',
      'replace configmaps net-results',
      write,
    ]);
  });
});

test('Events tell what a person would want to have seen, once', async () => {
  const bench = new Bench(setOf(1));
  await bench.pass();
  bench.end('net-0-0', 'Succeeded');
  await bench.pass();
  await bench.pass();
  expect(bench.events).toEqual(['Normal Valid', 'Normal Finished']);
});
