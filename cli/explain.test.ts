import { describe, expect, test } from '@jest/globals';
import type { EventObject } from '../operator/kube/recorder.ts';
import { benchmark, condition, set } from './builders.ts';
import { explainBenchmark, explainSet } from './explain.ts';

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
  const failed = set({ phase: 'Failed', conditions: [condition({ reason: 'BudgetExceeded', message: '5 of 9 failed' })] });

  test('says why it ended', () => {
    expect(explainSet(failed, [])).toContain('BenchmarkSet net: Failed\nBudgetExceeded: 5 of 9 failed');
  });

  test('counts its failed members by reason and shows some', () => {
    const members = Array.from({ length: 5 }, (_, index) =>
      benchmark({ phase: 'Failed', conditions: [condition({})] }, { name: `net-0-${index}` }),
    );
    const text = explainSet(failed, members);
    expect([text.includes('5 failed with ToolMissing'), text.includes('net-0-2'), text.includes('net-0-3')]).toEqual([true, true, false]);
  });

  test('shows what members wait for', () => {
    const waiting = benchmark(
      { phase: 'Pending', conditions: [condition({ type: 'Reconciling', reason: 'Queued', message: 'third in the queue' })] },
      { name: 'net-0-7' },
    );
    expect(explainSet(failed, [waiting])).toContain('net-0-7 Pending: third in the queue');
  });
});
