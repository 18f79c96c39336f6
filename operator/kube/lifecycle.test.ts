import { beforeEach, describe, expect, test } from '@jest/globals';
import dot from '@dot-i/k8s-operator';
import type { ResourceEvent } from '@dot-i/k8s-operator';
import { KubeClient } from './client.ts';
import { FakeClock } from './fake-clock.ts';
import { OperatorLifecycle } from './lifecycle.ts';
import { benchmarks } from './object.ts';
import { listOf, refusal, reply, ScriptedTransport } from './scripted-transport.ts';

const path = '/apis/assay.dev/v1alpha1/namespaces/team/benchmarks/net';
const net = (version: number, more: object = {}) => ({
  apiVersion: 'assay.dev/v1alpha1',
  kind: 'Benchmark',
  metadata: { namespace: 'team', name: 'net', uid: 'u', resourceVersion: String(version), ...more },
});

let clock: FakeClock;
let transport: ScriptedTransport;
let log: string[];
beforeEach(() => {
  clock = new FakeClock(0);
  transport = new ScriptedTransport(listOf(10, [net(5)]));
  log = [];
});

function lifecycle(init: (made: OperatorLifecycle) => Promise<void> = async () => undefined): OperatorLifecycle {
  return new OperatorLifecycle({ client: new KubeClient(transport, { clock, random: () => 0 }), resources: [benchmarks], init, clock });
}

/** A started life cycle that watches benchmarks; gives it with its first event. */
async function watching(onEvent: (event: ResourceEvent) => Promise<void> = async () => undefined) {
  const events: ResourceEvent[] = [];
  const made = lifecycle((self) =>
    self.watchResource('assay.dev', 'v1alpha1', 'benchmarks', async (event) => {
      events.push(event);
      await onEvent(event);
    }),
  );
  await made.start();
  await clock.advance(0);
  const [first] = events;
  if (!first) throw new Error('no event came');
  return { made, events, first };
}

describe('start', () => {
  test('calls init once', async () => {
    await lifecycle(async () => {
      log.push('init');
    }).start();
    expect(log).toEqual(['init']);
  });

  test("is the base class's", () => {
    expect(lifecycle()).toBeInstanceOf(dot.default);
  });
});

describe('watchResource', () => {
  test('gives events as the base class does', async () => {
    const { first } = await watching();
    expect(first).toMatchObject({
      type: dot.ResourceEventType.Added,
      object: net(5),
      meta: { id: 'benchmarks.assay.dev/v1alpha1', name: 'net', namespace: 'team', resourceVersion: '5', kind: 'Benchmark' },
    });
  });

  test('a handler may change its object', async () => {
    const { first } = await watching();
    expect(() => Object.assign(first.object.metadata ?? {}, { finalizers: ['x'] })).not.toThrow();
  });

  test('one namespace and all of a kind do not disturb each other', async () => {
    const made = lifecycle(async (self) => {
      await self.watchResource('assay.dev', 'v1alpha1', 'benchmarks', async () => undefined);
      await self.watchResource('assay.dev', 'v1alpha1', 'benchmarks', async () => undefined, 'team');
    });
    await made.start();
    await clock.advance(0);
    expect(transport.watches.map((request) => request.path)).toEqual([
      '/apis/assay.dev/v1alpha1/benchmarks',
      '/apis/assay.dev/v1alpha1/namespaces/team/benchmarks',
    ]);
  });

  test.each([
    [
      'a kind that was not named',
      (self: OperatorLifecycle) => self.watchResource('', 'v1', 'pods', async () => undefined),
      'pods.v1 is not among',
    ],
    [
      'the same twice',
      async (self: OperatorLifecycle) => {
        await self.watchResource('assay.dev', 'v1alpha1', 'benchmarks', async () => undefined);
        await self.watchResource('assay.dev', 'v1alpha1', 'benchmarks', async () => undefined);
      },
      'is watched already',
    ],
  ])('refuses %s', async (_, init, message) => {
    await expect(lifecycle(init).start()).rejects.toThrow(message);
  });
});

describe('writes', () => {
  const statusPath = `${path}/status`;

  test('of a status carry the version and give the new one', async () => {
    const { made, first } = await watching();
    transport.answers = [reply(200, net(6))];
    const meta = await made.setResourceStatus(first.meta, { phase: 'Running' });
    expect(transport.requests.at(-1)).toMatchObject({
      method: 'PUT',
      path: statusPath,
      body: { kind: 'Benchmark', metadata: { name: 'net', resourceVersion: '5' }, status: { phase: 'Running' } },
    });
    expect(meta.resourceVersion).toBe('6');
  });

  test('of a part of a status are merge patches', async () => {
    const { made, first } = await watching();
    transport.answers = [reply(200, net(6))];
    await made.patchResourceStatus(first.meta, { phase: 'Running' });
    expect(transport.requests.at(-1)).toMatchObject({
      method: 'PATCH',
      path: statusPath,
      contentType: 'application/merge-patch+json',
      body: { metadata: { resourceVersion: '5' }, status: { phase: 'Running' } },
    });
  });

  test('that lost a race are conflicts, not silence', async () => {
    const { made, first } = await watching();
    transport.answers = [refusal(409, 'Conflict')];
    await expect(made.setResourceStatus(first.meta, {})).rejects.toMatchObject({ status: 409 });
    await expect(made.setResourceFinalizers(first.meta, [])).rejects.toMatchObject({ status: 409 });
  });
});

const handle = (made: OperatorLifecycle, event: ResourceEvent) =>
  // Protected in the base class, for subclasses' handlers.
  made['handleResourceFinalizer'](event, 'assay.dev/pods', async () => {
    log.push('cleaned up');
  });

describe('handleResourceFinalizer', () => {
  test('adds the finalizer with the version as a precondition', async () => {
    const { made, first } = await watching();
    expect(await handle(made, first)).toBe(true);
    expect(transport.requests.at(-1)).toMatchObject({
      method: 'PATCH',
      path,
      body: { metadata: { finalizers: ['assay.dev/pods'], resourceVersion: '5' } },
    });
  });

  test('cleans up before it takes the finalizer away', async () => {
    transport = new ScriptedTransport(listOf(10, [net(5, { deletionTimestamp: 'now', finalizers: ['assay.dev/pods', 'other'] })]));
    const { made, first } = await watching();
    await handle(made, first);
    expect(log).toEqual(['cleaned up']);
    expect(transport.requests.at(-1)?.body).toMatchObject({ metadata: { finalizers: ['other'] } });
  });
});

describe('stop', () => {
  test('ends watches, then parts from last to first, then connections', async () => {
    const { made } = await watching();
    const open = () => (transport.closed ? 'closed' : 'open');
    for (const name of ['lease', 'controllers']) made.manage({ name, stop: async () => void log.push(`${name} ${open()}`) });
    made.stop();
    expect(await clock.until(made.stopped)).toEqual([]);
    expect([log, transport.closed, clock.pending]).toEqual([['controllers open', 'lease open'], true, 0]);
  });

  test('is bounded, and names what hung', async () => {
    const made = lifecycle();
    made.manage({ name: 'hung', stop: () => new Promise(() => undefined), limit: 500 });
    made.stop();
    expect(await clock.until(made.stopped)).toEqual(['hung']);
    expect([clock.now(), transport.closed]).toEqual([500, true]);
  });

  test('twice is once', async () => {
    const made = lifecycle();
    made.manage({ name: 'lease', stop: async () => void log.push('lease') });
    made.stop();
    made.stop();
    await made.stopped;
    expect(log).toEqual(['lease']);
  });

  test('a delivery that runs ends first', async () => {
    let end: (() => void) | undefined;
    const { made } = await watching(
      () =>
        new Promise((resolve) => {
          end = resolve;
        }),
    );
    made.stop();
    await clock.advance(100);
    expect(transport.closed).toBe(false);
    end?.();
    await clock.until(made.stopped);
    expect(transport.closed).toBe(true);
  });
});
