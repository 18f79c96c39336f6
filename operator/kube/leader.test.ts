import { beforeEach, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { KubeClient } from './client.ts';
import { FakeClock } from './fake-clock.ts';
import { LeaderElector } from './leader.ts';
import type { LeaderOptions } from './leader.ts';
import type { Lease } from './lease.ts';
import { Metrics } from './metrics.ts';
import { refusal, reply, ScriptedTransport } from './scripted-transport.ts';
import type { ApiReply, ApiRequest } from './transport.ts';
import { sleep } from './wait.ts';

let clock: FakeClock;
let lease: Lease | undefined;
let version: number;
/** What happened to the electors, as `name event@second`. */
let log: string[];

beforeEach(() => {
  clock = new FakeClock(0);
  lease = undefined;
  version = 0;
  log = [];
});

const isLease = (body: unknown): body is Lease => typeof body === 'object' && body !== null && 'spec' in body;

/** An API server that holds one Lease. */
function serve({ method, body }: ApiRequest): ApiReply {
  if (method === 'GET') return lease ? reply(200, structuredClone(lease)) : refusal(404, 'NotFound');
  if (!isLease(body)) return refusal(400, 'BadRequest');
  if (method === 'POST' && lease) return refusal(409, 'AlreadyExists');
  if (method === 'PUT' && !lease) return refusal(404, 'NotFound');
  if (method === 'PUT' && body.metadata.resourceVersion !== lease?.metadata.resourceVersion) return refusal(409, 'Conflict');
  lease = structuredClone({ ...body, metadata: { ...body.metadata, resourceVersion: String(++version) } });
  return reply(200, structuredClone(lease));
}

/** One process with its own way to the server. */
function elector(identity: string, options: Partial<LeaderOptions> = {}) {
  const transport = new ScriptedTransport(serve);
  const made = new LeaderElector({
    client: new KubeClient(transport, { clock, random: () => 0 }),
    namespace: 'assay',
    name: 'assay-operator',
    identity,
    clock,
    random: () => 0,
    onStarted: () => log.push(`${identity} leads@${clock.now() / 1000}`),
    onLost: (reason) => log.push(`${identity} lost@${clock.now() / 1000}: ${reason}`),
    ...options,
  });
  made.start();
  return { elector: made, transport };
}

describe('taking the lease', () => {
  test('makes it when there is none', async () => {
    elector('a');
    await clock.advance(0);
    expect(log).toEqual(['a leads@0']);
    expect(lease).toMatchObject({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { namespace: 'assay', name: 'assay-operator' },
      spec: { holderIdentity: 'a', leaseDurationSeconds: 15, renewTime: '1970-01-01T00:00:00.000000Z', leaseTransitions: 0 },
    });
  });

  test('only one of two leads', async () => {
    elector('a');
    elector('b');
    await clock.advance(120_000);
    expect(log).toEqual(['a leads@0']);
  });

  test('takes over after a crash when the lease has not changed for its duration', async () => {
    // Renewed at 4 s, seen by the other at 5 s, free at 20 s; it looks again at 21 s.
    const { transport } = elector('a');
    await clock.advance(1000);
    elector('b');
    await clock.advance(3000);
    transport.answers = [new Error('crashed')];
    await clock.advance(60_000);
    expect(log.filter((line) => line.startsWith('b'))).toEqual(['b leads@21']);
    expect(lease?.spec.leaseTransitions).toBe(1);
  });

  test('never two at once, whenever the leader is cut off', async () => {
    for (let cut = 0; cut < 4000; cut += 500) {
      const { transport } = elector(`a${cut}`);
      const next = elector(`b${cut}`);
      await clock.advance(10_000 + cut);
      transport.answers = [new Error('cut off')];
      await clock.advance(30_000);
      const [, lost, led] = log.splice(0).map((line) => Number(/@([\d.]+)/.exec(line)?.[1]));
      expect(lost).toBeLessThan(led ?? 0);
      await next.elector.stop();
    }
  });

  test('survives a server that is away at the start', async () => {
    const { transport } = elector('a');
    transport.answers = [new Error('away')];
    await clock.advance(30_000);
    transport.answers = [serve];
    await clock.advance(5000);
    expect(log).toHaveLength(1);
  });
});

describe('keeping the lease', () => {
  test('renews it every two seconds with the version it knows', async () => {
    const { transport, elector: made } = elector('a');
    await clock.advance(10_000);
    expect(transport.requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'PUT', 'PUT', 'PUT', 'PUT', 'PUT']);
    expect([made.leading, made.lastRenewal]).toEqual([true, 10_000]);
    expect(log).toEqual(['a leads@0']);
  });

  test('a short failure does no harm', async () => {
    const { transport } = elector('a');
    await clock.advance(3000);
    transport.answers = [new Error('reset')];
    await clock.advance(5000);
    transport.answers = [serve];
    await clock.advance(60_000);
    expect(log).toEqual(['a leads@0']);
  });

  test('one request that hangs leaves time for the next', async () => {
    const { transport } = elector('a');
    await clock.advance(3000);
    transport.answers = [() => new Promise<never>(() => undefined), serve];
    await clock.advance(60_000);
    expect(log).toEqual(['a leads@0']);
  });

  test("another field manager's write is no loss", async () => {
    elector('a');
    await clock.advance(3000);
    if (lease) lease = { ...lease, metadata: { ...lease.metadata, resourceVersion: String(++version) } };
    await clock.advance(30_000);
    expect(log).toEqual(['a leads@0']);
  });
});

describe('losing the lease', () => {
  test('stops leading at the deadline, before others may begin', async () => {
    const { transport, elector: made } = elector('a');
    await clock.advance(3000);
    transport.answers = [new Error('away')];
    await clock.advance(60_000);
    expect(log).toEqual(['a leads@0', 'a lost@12: not renewed for 10 s']);
    expect(made.leading).toBe(false);
  });

  test('stops at the deadline though requests hang', async () => {
    const { transport } = elector('a');
    await clock.advance(3000);
    transport.answers = [() => new Promise<never>(() => undefined)];
    await clock.advance(60_000);
    expect(log).toEqual(['a leads@0', 'a lost@12: not renewed for 10 s']);
  });

  test('an answer that comes after the deadline does not make it lead again', async () => {
    const { transport, elector: made } = elector('a');
    await clock.advance(3000);
    transport.answers = [
      async (request) => {
        await sleep(clock, 20_000);
        return serve(request);
      },
    ];
    await clock.advance(60_000);
    expect([made.leading, log.length]).toEqual([false, 2]);
  });

  test('stops at once when another holds it', async () => {
    elector('a');
    await clock.advance(3000);
    if (lease) lease = { ...lease, metadata: { ...lease.metadata, resourceVersion: '99' }, spec: { ...lease.spec, holderIdentity: 'b' } };
    await clock.advance(2000);
    expect(log).toEqual(['a leads@0', 'a lost@4: taken by b']);
  });

  test.each<[string, () => void]>([
    ['deleted the lease', () => (lease = undefined)],
    ['emptied it', () => lease && (lease = { ...lease, metadata: { resourceVersion: '99', name: 'x' }, spec: { holderIdentity: '' } })],
  ])('stops when somebody %s, since another may have taken it', async (_, act) => {
    elector('a');
    await clock.advance(3000);
    act();
    await clock.advance(2000);
    expect(log).toEqual(['a leads@0', 'a lost@4: taken by nobody']);
  });

  test('does not try again: the process is to be started anew', async () => {
    const { transport } = elector('a');
    await clock.advance(3000);
    transport.answers = [new Error('away')];
    await clock.advance(20_000);
    transport.answers = [serve];
    await clock.advance(60_000);
    expect(log).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });
});

describe('holding the lease', () => {
  test('not before it leads', () => {
    expect(elector('a').elector.holds).toBe(false);
  });

  test('ends with the deadline, though no timer has fired since the process was stopped', async () => {
    let stopped = 0;
    const late = { now: () => clock.now() + stopped, after: (delay: number, callback: () => void) => clock.after(delay, callback) };
    const { elector: a } = elector('a', { clock: late });
    await clock.advance(0);
    const held = [9999, 10_000, 40_000].map((time) => {
      stopped = time;
      return a.holds;
    });
    expect([a.leading, held]).toEqual([true, [true, false, false]]);
  });

  test('ends with a stop in order', async () => {
    const { elector: a } = elector('a');
    await clock.advance(0);
    expect(a.holds).toBe(true);
    void a.stop();
    await clock.advance(2400);
    expect(a.holds).toBe(false);
  });
});

describe('stop', () => {
  test('releases the lease, so that the next leads within one try', async () => {
    const first = elector('a');
    elector('b');
    await clock.advance(5000);
    await clock.until(first.elector.stop());
    expect(lease?.spec).toMatchObject({ holderIdentity: '', leaseDurationSeconds: 1 });
    await clock.advance(2000);
    expect(log).toEqual(['a leads@0', 'b leads@6']);
  });

  test('of a standby leaves the lease alone', async () => {
    elector('a');
    const standby = elector('b');
    await clock.advance(5000);
    await clock.until(standby.elector.stop());
    expect(lease?.spec.holderIdentity).toBe('a');
  });

  test('is bounded when the server hangs', async () => {
    const { transport, elector: made } = elector('a');
    await clock.advance(5000);
    transport.answers = [() => new Promise<never>(() => undefined)];
    await clock.until(made.stop());
    expect(clock.now()).toBeLessThanOrEqual(12_000);
    expect(made.leading).toBe(false);
  });
});

test('a metric tells who leads', async () => {
  const metrics = new Metrics();
  const { elector: made } = elector('a', { metrics });
  const value = async () => (await metrics.leading.get()).values[0]?.value;
  await clock.advance(0);
  expect(await value()).toBe(1);
  await clock.until(made.stop());
  expect(await value()).toBe(0);
});

test.each([[{ renewDeadline: 20_000 }], [{ retryPeriod: 10_000 }]])('periods that would let two lead are refused: %j', (options) => {
  expect(() => elector('a', options)).toThrow('must hold');
});

test('whoever is cut off whenever, no two lead at once, and somebody does in the end', async () => {
  const step = fc.record({ who: fc.constantFrom('a', 'b', 'c'), away: fc.boolean(), seconds: fc.integer({ min: 1, max: 18 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      clock = new FakeClock(0);
      lease = undefined;
      const away = new Set<string>();
      const processes = ['a', 'b', 'c'].map((identity) => {
        const { elector: made, transport } = elector(identity);
        transport.answers = [(request) => (away.has(identity) ? Promise.reject(new Error('away')) : Promise.resolve(serve(request)))];
        return made;
      });
      const leaders = () => processes.filter(({ leading }) => leading).length;
      for (const { who, away: gone, seconds } of steps) {
        if (gone) away.add(who);
        else away.delete(who);
        for (let second = 0; second < seconds; second++) {
          await clock.advance(1000);
          expect(leaders()).toBeLessThanOrEqual(1);
        }
      }
      away.clear();
      await clock.advance(25_000);
      const lost = log.filter((line) => line.includes('lost')).length;
      // Each leads once: only when all three have lost is there nobody left.
      expect(leaders()).toBe(lost === processes.length ? 0 : 1);
      log = [];
      await Promise.all(processes.map((made) => clock.until(made.stop())));
    }),
    { numRuns: 12 },
  );
});
