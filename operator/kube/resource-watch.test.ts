import { beforeEach, describe, expect, test } from '@jest/globals';
import { KubeClient } from './client.ts';
import { FakeClock } from './fake-clock.ts';
import { silentLogger } from './logger.ts';
import { pods } from './object.ts';
import { ResourceWatch } from './resource-watch.ts';
import { listOf, pod, ScriptedTransport } from './scripted-transport.ts';
import { sleep } from './wait.ts';

let clock: FakeClock;
let transport: ScriptedTransport;
let log: string[];
/** Errors of the next deliveries. */
let failures: Error[];
/** How long a delivery takes, ms. */
let takes: number;

beforeEach(() => {
  clock = new FakeClock(0);
  transport = new ScriptedTransport(listOf(10, [pod('a', 1), pod('b', 2)]));
  log = [];
  failures = [];
  takes = 0;
});

async function watch(): Promise<ResourceWatch> {
  const made = new ResourceWatch({
    client: new KubeClient(transport, { clock }),
    resource: pods,
    clock,
    logger: silentLogger,
    deliver: async (type, { metadata }) => {
      log.push(`${type} ${metadata.name}@${metadata.resourceVersion}`);
      if (takes > 0) await sleep(clock, takes);
      const failure = failures.shift();
      if (failure) throw failure;
    },
  });
  await made.start();
  await clock.advance(0);
  return made;
}

const send = async (...events: [string, object][]) => {
  transport.stream.push(...events.map(([type, object]) => ({ type, object })));
  await clock.advance(0);
};

describe('ResourceWatch', () => {
  test('delivers what exists, then changes', async () => {
    await watch();
    await send(['MODIFIED', pod('a', 11)], ['DELETED', pod('b', 12)], ['ADDED', pod('c', 13)]);
    expect(log).toEqual(['Added a@1', 'Added b@2', 'Modified a@11', 'Deleted b@2', 'Added c@13']);
  });

  test('a deletion that the watch missed is delivered after the next list', async () => {
    await watch();
    transport.answers = [listOf(30, [pod('a', 1)])];
    await send(['ERROR', { kind: 'Status', code: 410 }]);
    await clock.advance(5000);
    expect(log.slice(2)).toEqual(['Deleted b@2']);
  });

  test('a connection that breaks costs no event and repeats none', async () => {
    await watch();
    transport.stream.fail(new Error('reset'));
    await clock.advance(5000);
    expect([transport.watches.at(-1)?.query?.resourceVersion, log.length]).toEqual(['10', 2]);
  });

  test('what fails is delivered again, and others meanwhile', async () => {
    failures = [new Error('broken')];
    await watch();
    expect(log).toEqual(['Added a@1', 'Added b@2']);
    await clock.advance(5000);
    expect(log.slice(2)).toEqual(['Added a@1']);
  });

  test('changes during a delivery come as one, the newest', async () => {
    takes = 100;
    await watch();
    await send(['MODIFIED', pod('a', 11)], ['MODIFIED', pod('a', 12)]);
    await clock.advance(1000);
    expect(log.filter((line) => line.includes(' a'))).toEqual(['Added a@1', 'Modified a@12']);
  });

  test('an object made anew under the name is two events', async () => {
    takes = 100;
    await watch();
    await clock.advance(1000);
    await send(['MODIFIED', pod('a', 11)], ['DELETED', pod('a', 12)], ['ADDED', pod('a', 13, { uid: 'new' })]);
    await clock.advance(1000);
    expect(log.slice(2)).toEqual(['Modified a@11', 'Deleted a@11', 'Added a@13']);
  });

  test('stop lets a running delivery end and delivers nothing more', async () => {
    takes = 100;
    const made = await watch();
    await send(['MODIFIED', pod('a', 11)]);
    await clock.until(made.stop());
    expect([clock.now(), log, clock.pending]).toEqual([100, ['Added a@1', 'Added b@2'], 0]);
  });
});
