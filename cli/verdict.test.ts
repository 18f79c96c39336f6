import { expect, test } from '@jest/globals';
import { benchmark, condition, set } from './builders.ts';
import { failureLine } from './verdict.ts';

test.each([
  ['a failure', benchmark({ phase: 'Failed', conditions: [condition({})] }), 'Benchmark nap failed: ToolMissing: iperf3 is not installed'],
  [
    'a refusal',
    set({ phase: 'Failed', conditions: [condition({ type: 'Accepted', status: 'False', reason: 'InvalidSpec', message: 'cell 3' })] }),
    'BenchmarkSet net failed: InvalidSpec: cell 3',
  ],
  ['a failure without a word', benchmark({ phase: 'Failed' }), 'Benchmark nap failed'],
  ['a condition that is not so', benchmark({ phase: 'Failed', conditions: [condition({ status: 'False' })] }), 'Benchmark nap failed'],
  ['a cancellation', benchmark({ phase: 'Cancelled', conditions: [condition({ status: 'False' })] }), 'Benchmark nap was cancelled'],
  [
    'a deletion',
    benchmark({ phase: 'Running' }, { deletionTimestamp: '2026-11-21T12:00:00Z' }),
    'Benchmark nap was deleted before its end',
  ],
  ['a deletion after the end', benchmark({ phase: 'Failed' }, { deletionTimestamp: '2026-11-21T12:00:00Z' }), 'Benchmark nap failed'],
  ['one that was given up', benchmark({ phase: 'Running' }), 'Benchmark nap did not end'],
  [
    'a hostile message',
    benchmark({ phase: 'Failed', conditions: [condition({ message: 'a\u001b[2J\nb' })] }),
    'Benchmark nap failed: ToolMissing: a[2J b',
  ],
])('%s', (_, object, line) => {
  expect(failureLine(object)).toBe(line);
});
