import { expect, test } from '@jest/globals';
import { benchmark, request } from './builders.ts';
import { figuresOf } from './figures.ts';
import type { RunRecord } from './figures.ts';

const users = { subject: 'operator', kubelet: 'kubelet' };

/** Two members in two seconds. */
const record: RunRecord = {
  subject: 'operator',
  members: 2,
  pods: 1,
  benchmarks: [benchmark('s-0-0'), benchmark('s-0-1')],
  requests: [
    request(500, 'watch pods'),
    request(1001, 'create benchmarksets s', { user: 'admin' }),
    request(1050, 'get configmaps s-results'),
    ...[0, 1].flatMap((index) => [
      request(1100, `create benchmarks s-0-${index}`),
      request(1200 + 100 * index, `create pods s-0-${index}-sleeper-0`),
      request(2500, `patch pods/status s-0-${index}-sleeper-0`, { user: 'kubelet' }),
      request(2600 + 400 * index, `update benchmarks/status s-0-${index}`),
      request(2700, `delete pods s-0-${index}-sleeper-0`),
    ]),
    request(3100, 'update benchmarksets/status s'),
  ],
  samples: [
    { at: 1000, cpu: 1, peak: 100 },
    { at: 3000, cpu: 1.5, peak: 160 },
  ],
  heap: { before: 50, after: 70 },
  machineCpu: 3,
};

test('the figures of a run', () => {
  expect(figuresOf(record, users)).toEqual({
    subject: 'operator',
    members: 2,
    seconds: 2,
    membersPerSecond: 1,
    requests: 5,
    byVerb: {
      'create benchmarks': 2,
      'create pods': 2,
      'delete pods': 2,
      'update benchmarks/status': 2,
      'get configmaps': 1,
      'update benchmarksets/status': 1,
    },
    writes: { mean: 4, most: 4 },
    otherWrites: 1,
    polls: 1,
    firstPod: { p50: 0.1, p99: 0.2 },
    status: { p50: 0.1, p99: 0.5 },
    cpu: 0.25,
    machineCpu: 1.5,
    peak: 160,
    heap: { before: 50, after: 70 },
    lost: 0,
    doubled: 0,
  });
});

test('a member that never ends is lost, and the others keep their figures', () => {
  const requests = record.requests.filter(({ name, resource }) => !(resource === 'benchmarks/status' && name === 's-0-1'));
  const { lost, membersPerSecond, status } = figuresOf({ ...record, requests, benchmarks: [benchmark('s-0-0')] }, users);
  expect({ lost, membersPerSecond, status }).toEqual({ lost: 1, membersPerSecond: 1 / 1.6, status: { p50: 0.1, p99: 0.1 } });
});
