import { describe, expect, test } from '@jest/globals';
import { collected, unread } from './collected.ts';
import { logTries } from './logs.ts';
import type { Observed } from './observed.ts';
import { over, pair, running, second, seen, start, succeeded } from './testing/builders.ts';

const now = start + 10 * second;
const window = { startedAt: '2026-11-21T12:00:03.000001Z', finishedAt: '2026-11-21T12:00:04.250000Z' };

describe('figures', () => {
  test('are those of the pod that measures, with the headline in words', () => {
    const decision = collected(seen([succeeded({ window })]), now);
    expect(decision?.status).toMatchObject({
      phase: 'Succeeded',
      summary: '1.25 s',
      metrics: [{ name: 'measuredTime', value: 1.25, unit: 's', better: 'None' }],
      window,
      attempts: [{ index: 0, outcome: 'Succeeded' }],
      resultsRef: { kind: 'ConfigMap', name: 'net-results' },
    });
  });

  test('never come from a server', () => {
    const pods = [succeeded({ metrics: [] }, { role: 'server' }), succeeded({}, { role: 'client' })];
    expect(collected(seen(pods, { roles: pair }), now)?.status.metrics).toHaveLength(1);
  });

  test('come with what the workload and the tool have to say against them', () => {
    const observed = seen([succeeded({ warnings: ['noisy'] })], { cautions: ['page cache'] });
    expect(collected(observed, now)?.status.warnings).toEqual(['page cache', 'noisy']);
  });

  test('keep their warnings to what a status can hold', () => {
    const warnings = Array.from({ length: 50 }, () => 'w'.repeat(2000));
    const status = collected(seen([succeeded({ warnings })]), now)?.status;
    expect(JSON.stringify(status?.warnings).length).toBeLessThan(12_000);
  });
});

describe('a run is not over', () => {
  test.each<[string, Observed]>([
    ['before it has pods', seen()],
    ['while its pod runs', seen([running()])],
    ['while the client runs', seen([succeeded({}, { role: 'server' }), running({ role: 'client' })], { roles: pair })],
    ['with a record of failure', seen([succeeded({ outcome: 'Failed', reason: 'ToolFailed' })])],
    ['without plan', seen([], { roles: [] })],
  ])('%s', (_, observed) => {
    expect(collected(observed, now)).toBeUndefined();
  });
});

function member(observed: Observed): Observed {
  observed.benchmark.metadata.labels = { 'assay.dev/set': 'sweep' };
  return observed;
}

describe('results', () => {
  test('of a member are in its status alone', () => {
    expect(collected(member(seen([succeeded()])), now)?.actions).toEqual([]);
  });

  test('of a member with raw output to keep are published', () => {
    const output = { stdout: 'raw', stderr: '', truncated: false };
    expect(collected(member(seen([succeeded({ output })])), now)?.actions).toMatchObject([{ type: 'Publish', name: 'net-results' }]);
  });

  test('that cannot be published cost a warning, not the run', () => {
    const decision = collected(seen([succeeded()], { unpublished: 'taken by somebody' }), now);
    expect(decision).toMatchObject({ actions: [], status: { phase: 'Succeeded', warnings: ['taken by somebody'] } });
    expect(decision?.status).not.toHaveProperty('resultsRef');
  });
});

const read = (tries: number, ago: number) => ({ logs: new Map([['uid-sleeper-0', { tries, at: now - ago }]]) });

describe('KP-30 logs', () => {
  const inLog = over({ exitCode: 0, frame: 'InLog', reason: 'ResultMissing' });
  const silent = over({ exitCode: 0, frame: 'Missing', reason: 'ResultMissing' });

  test.each<[string, Observed, number]>([
    ['a record that is too large for the message', seen([inLog]), 1],
    ['no message at all: it may come late, or the log may hold it', seen([silent]), 1],
    ['read a moment ago', seen([inLog], read(1, second)), 0],
    ['read a while ago', seen([inLog], read(1, 3 * second)), 1],
  ])('%s', (_, observed, reads) => {
    expect(unread(observed, now)?.actions).toHaveLength(reads);
  });

  test.each<[string, Observed]>([
    ['of a pod with a record', seen([succeeded()])],
    ['read as often as it may be', seen([inLog], read(logTries, 60 * second))],
    ['of a pod that was killed for memory', seen([over({ reason: 'OutOfMemory' })])],
    ['of a frame that is corrupt in the message', seen([over({ frame: 'Corrupt', reason: 'ResultCorrupt' })])],
  ])('none is read %s', (_, observed) => {
    expect(unread(observed, now)).toBeUndefined();
  });

  test('the next read is named', () => {
    expect(unread(seen([inLog], read(1, second)), now)?.recheckAt).toBe(now + second);
  });
});
