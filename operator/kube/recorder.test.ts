import { beforeEach, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { KubeClient } from './client.ts';
import { FakeClock } from './fake-clock.ts';
import { Metrics } from './metrics.ts';
import type { KubeObject } from './object.ts';
import { Recorder } from './recorder.ts';
import { refusal, reply, ScriptedTransport } from './scripted-transport.ts';

let clock: FakeClock;
let transport: ScriptedTransport;
let metrics: Metrics;
let recorder: Recorder;

beforeEach(() => {
  clock = new FakeClock('2026-11-21T10:00:00.250Z');
  transport = new ScriptedTransport(reply(201, {}));
  metrics = new Metrics();
  recorder = new Recorder({ client: new KubeClient(transport, { clock }), instance: 'assay-0', clock, metrics });
});

const net = (name = 'net'): KubeObject => ({
  apiVersion: 'assay.dev/v1alpha1',
  kind: 'Benchmark',
  metadata: { name, namespace: 'team', uid: `uid-${name}`, resourceVersion: '7' },
});
const written = () => transport.requests.map(({ method, path }) => `${method} ${path.replace(/[0-9a-f]{16}$/, '*')}`);
const bodies = () => transport.requests.map(({ body }) => body);
const messageOf = (body: unknown) => (typeof body === 'object' && body && 'message' in body ? String(body.message) : '');
const results = async () =>
  Object.fromEntries((await metrics.recordedEvents.get()).values.map(({ labels, value }) => [labels.result, value]));

describe('a first event', () => {
  test('is a core/v1 Event beside its object', async () => {
    recorder.record(net(), 'Warning', 'Unschedulable', '0/2 nodes are available');
    await recorder.flush();
    expect(written()).toEqual(['POST /api/v1/namespaces/team/events']);
    expect(bodies()[0]).toEqual({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: expect.stringMatching(/^net\.[0-9a-f]{16}$/), namespace: 'team' },
      involvedObject: {
        apiVersion: 'assay.dev/v1alpha1',
        kind: 'Benchmark',
        namespace: 'team',
        name: 'net',
        uid: 'uid-net',
        resourceVersion: '7',
      },
      type: 'Warning',
      reason: 'Unschedulable',
      message: '0/2 nodes are available',
      count: 1,
      firstTimestamp: '2026-11-21T10:00:00Z',
      lastTimestamp: '2026-11-21T10:00:00Z',
      source: { component: 'assay' },
      reportingComponent: 'assay',
      reportingInstance: 'assay-0',
    });
  });

  test('about a cluster-wide object is in namespace default', async () => {
    recorder.record({ kind: 'Node', metadata: { name: 'worker-1' } }, 'Normal', 'Chosen', 'x');
    await recorder.flush();
    expect(written()).toEqual(['POST /api/v1/namespaces/default/events']);
  });

  test.each([
    ['ASCII', 'x'.repeat(5000)],
    ['three bytes a character', '…'.repeat(2000)],
    ['four bytes a character', '😀'.repeat(2000)],
  ])('has at most 1 KiB of %s, cut between characters', async (_, message) => {
    recorder.record(net(), 'Normal', 'Long', message);
    await recorder.flush();
    const text = messageOf(bodies()[0]);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024);
    expect(Buffer.byteLength(text)).toBeGreaterThan(1016);
    expect(text).not.toContain('\uFFFD');
    expect(text.endsWith('…')).toBe(true);
  });
});

describe('the same event again', () => {
  test('raises the count, once a minute at most', async () => {
    for (let second = 0; second < 90; second++) {
      recorder.record(net(), 'Normal', 'Waiting', 'for a node');
      await clock.advance(1000);
    }
    expect(written()).toEqual([
      'POST /api/v1/namespaces/team/events',
      expect.stringContaining('PATCH /api/v1/namespaces/team/events/net.'),
    ]);
    expect(bodies()[1]).toEqual({ count: 60, lastTimestamp: '2026-11-21T10:00:59Z' });
  });

  test('is written by flush without waiting', async () => {
    recorder.record(net(), 'Normal', 'Waiting', 'for a node');
    await clock.advance(0);
    recorder.record(net(), 'Normal', 'Waiting', 'for a node');
    await recorder.flush();
    expect(bodies()).toMatchObject([{ count: 1 }, { count: 2 }]);
    expect(clock.pending).toBe(0);
  });

  test('is made anew when the server has forgotten it', async () => {
    transport.answers = [reply(201, {}), refusal(404, 'NotFound'), reply(201, {})];
    recorder.record(net(), 'Normal', 'Waiting', 'for a node');
    recorder.record(net(), 'Normal', 'Waiting', 'for a node');
    await recorder.flush();
    expect(transport.requests.map(({ method }) => method)).toEqual(['POST', 'PATCH', 'POST']);
    expect(bodies()[2]).toMatchObject({ count: 2 });
  });

  test('is not made anew when the count is refused for another reason', async () => {
    transport.answers = [reply(201, {}), refusal(403, 'Forbidden')];
    recorder.record(net(), 'Normal', 'Waiting', 'for a node');
    recorder.record(net(), 'Normal', 'Waiting', 'for a node');
    await recorder.flush();
    expect(transport.requests.map(({ method }) => method)).toEqual(['POST', 'PATCH']);
  });

  test.each([
    ['another object', () => recorder.record(net('disk'), 'Normal', 'Waiting', 'for a node')],
    ['another type', () => recorder.record(net(), 'Warning', 'Waiting', 'for a node')],
    ['another reason', () => recorder.record(net(), 'Normal', 'Started', 'for a node')],
    ['another message', () => recorder.record(net(), 'Normal', 'Waiting', 'for a claim')],
  ])('is another one with %s', async (_, second) => {
    recorder.record(net(), 'Normal', 'Waiting', 'for a node');
    second();
    await recorder.flush();
    expect(transport.requests.map(({ method }) => method)).toEqual(['POST', 'POST']);
  });
});

describe('bounds', () => {
  test('one object has 25 at once and then one in five minutes; others are not touched', async () => {
    for (let n = 0; n < 40; n++) recorder.record(net(), 'Normal', 'Noise', `number ${n}`);
    recorder.record(net('disk'), 'Normal', 'Started', 'x');
    await recorder.flush();
    expect(transport.requests).toHaveLength(26);
    expect(await results()).toEqual({ dropped: 15, written: 26 });
    await clock.advance(300_000);
    recorder.record(net(), 'Normal', 'Noise', 'later');
    await recorder.flush();
    expect(transport.requests).toHaveLength(27);
  });

  test('a server that hangs does not let them pile up', async () => {
    transport.answers = [() => new Promise<never>(() => undefined)];
    for (let n = 0; n < 500; n++) recorder.record(net(`b${n}`), 'Normal', 'Started', 'x');
    await clock.advance(0);
    expect(transport.requests).toHaveLength(200);
    expect(await results()).toEqual({ dropped: 300 });
  });

  test('a failed write is counted and nothing else', async () => {
    transport.answers = [refusal(403, 'Forbidden')];
    expect(() => recorder.record(net(), 'Normal', 'Started', 'x')).not.toThrow();
    await recorder.flush();
    expect(await results()).toEqual({ failed: 1 });
  });
});

test('however repeats and minutes come, the server ends with the count and the time of the last', async () => {
  const step = fc.record({ reason: fc.constantFrom('Waiting', 'Started'), seconds: fc.constantFrom(0, 1, 30, 61) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      clock = new FakeClock('2026-11-21T10:00:00Z');
      transport = new ScriptedTransport(reply(201, {}));
      recorder = new Recorder({ client: new KubeClient(transport, { clock }), clock });
      const said = new Map<string, { count: number; lastTimestamp: string }>();
      for (const { reason, seconds } of steps) {
        const lastTimestamp = new Date(clock.now()).toISOString().replace('.000Z', 'Z');
        said.set(reason, { count: (said.get(reason)?.count ?? 0) + 1, lastTimestamp });
        recorder.record(net(), 'Normal', reason, 'text');
        await clock.advance(seconds * 1000);
      }
      await recorder.flush();
      expect(clock.pending).toBe(0);
      const stored = new Map<string, { reason: string; count: number; lastTimestamp: string }>();
      for (const { method, path, body } of transport.requests) {
        const event = body as { metadata?: { name: string }; reason: string; count: number; lastTimestamp: string };
        const name = method === 'POST' ? (event.metadata?.name ?? '') : (path.split('/').at(-1) ?? '');
        stored.set(name, { ...stored.get(name), ...event });
      }
      const ended = [...stored.values()].map(({ reason, count, lastTimestamp }) => [reason, { count, lastTimestamp }] as const);
      expect(new Map(ended)).toEqual(said);
      expect(stored.size).toBe(said.size);
    }),
    { numRuns: 30 },
  );
});
