import { describe, expect, test } from '@jest/globals';
import type { Condition } from '../operator/api/condition.ts';
import type { Benchmark, BenchmarkSet, BenchmarkStatus } from '../operator/api/types.ts';
import type { EventObject } from '../operator/kube/recorder.ts';
import { explainBenchmark, explainSet } from './explain.ts';

const condition = (values: Partial<Condition>): Condition => ({
  type: 'Failed',
  status: 'True',
  reason: 'ToolMissing',
  message: 'iperf3 is not installed',
  observedGeneration: 1,
  lastTransitionTime: '2026-11-21T12:00:00Z',
  ...values,
});

const benchmark = (status?: BenchmarkStatus, name = 'nap'): Benchmark => ({
  apiVersion: 'assay.dev/v1alpha1',
  kind: 'Benchmark',
  metadata: { name },
  spec: {},
  ...(status && { status }),
});

const event = (message: string): EventObject => ({
  metadata: { name: 'e' },
  involvedObject: { name: 'nap-run-0' },
  type: 'Warning',
  reason: 'FailedScheduling',
  message,
  count: 1,
  firstTimestamp: '',
  lastTimestamp: '',
  source: { component: 'scheduler' },
  reportingComponent: 'scheduler',
  reportingInstance: '',
});

describe('a benchmark', () => {
  test.each([
    ['a failure is named and explained', [condition({})], 'ToolMissing: iperf3 is not installed\nThe program is not in the image'],
    [
      'a refusal comes before a failure',
      [condition({}), condition({ type: 'Accepted', status: 'False', reason: 'NotAllowed', message: 'spec.network.host' })],
      'NotAllowed: spec.network.host',
    ],
    [
      'a wait is told while there is nothing worse',
      [condition({ type: 'Reconciling', reason: 'Unschedulable', message: '0/2 nodes' })],
      'Unschedulable: 0/2 nodes',
    ],
  ])('%s', (_, conditions, text) => {
    expect(explainBenchmark(benchmark({ phase: 'Pending', conditions }), [])).toContain(text);
  });

  test('one that no operator has seen', () => {
    expect(explainBenchmark(benchmark(), [])).toBe('Benchmark nap: not seen by an operator yet; is one running?');
  });

  test('attempts name their pods and nodes', () => {
    const attempts = [
      {
        index: 0,
        outcome: 'Failed' as const,
        reason: 'PodEvicted',
        message: 'memory',
        pods: [{ name: 'nap-run-0', role: 'run', node: 'worker-1' }],
      },
    ];
    expect(explainBenchmark(benchmark({ attempts }), [])).toContain(
      'attempt 0: Failed, PodEvicted: memory\n  pod nap-run-0 (run) on worker-1',
    );
  });

  test('events are evidence', () => {
    expect(explainBenchmark(benchmark({ phase: 'Pending' }), [event('no cpu\u0007')])).toContain(
      'event Warning on nap-run-0: FailedScheduling: no cpu',
    );
  });
});

describe('a set', () => {
  const set: BenchmarkSet = {
    apiVersion: 'assay.dev/v1alpha1',
    kind: 'BenchmarkSet',
    metadata: { name: 'net' },
    spec: { template: { spec: {} } },
    status: { phase: 'Failed', conditions: [condition({ reason: 'BudgetExceeded', message: '5 of 9 failed' })] },
  };

  test('says why it ended', () => {
    expect(explainSet(set, [])).toContain('BenchmarkSet net: Failed\nBudgetExceeded: 5 of 9 failed');
  });

  test('counts its failed members by reason and shows some', () => {
    const members = Array.from({ length: 5 }, (_, index) => benchmark({ phase: 'Failed', conditions: [condition({})] }, `net-0-${index}`));
    const text = explainSet(set, members);
    expect([text.includes('5 failed with ToolMissing'), text.includes('net-0-2'), text.includes('net-0-3')]).toEqual([true, true, false]);
  });

  test('shows what members wait for', () => {
    const waiting = benchmark(
      { phase: 'Pending', conditions: [condition({ type: 'Reconciling', reason: 'Queued', message: 'third in the queue' })] },
      'net-0-7',
    );
    expect(explainSet(set, [waiting])).toContain('net-0-7 Pending: third in the queue');
  });
});
