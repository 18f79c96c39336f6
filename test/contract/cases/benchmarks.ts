import { expect } from '@jest/globals';
import { benchmarks, benchmarkSets } from '../../../operator/kube/object.ts';
import type { Case, TestObject } from '../api.ts';
import { causeFields } from '../api.ts';

function benchmark(spec: Record<string, unknown>): TestObject {
  return { metadata: { name: 'a' }, spec };
}

const sleep = benchmark({ sleep: { duration: '1s' } });

const accepted = {
  conditions: [{ type: 'Accepted', status: 'True', reason: 'Valid', message: '', lastTransitionTime: '2026-01-01T00:00:00Z' }],
};

export const benchmarkCases: Case[] = [
  {
    name: 'a Benchmark gets the defaults of its definition',
    async run(api) {
      const { object } = await api.create(benchmarks, sleep, { fieldValidation: 'Strict' });
      expect(object.spec).toMatchObject({
        backend: 'Pods',
        timeouts: { pending: '5m', running: '30m' },
        retries: 0,
        suspend: false,
        cancel: false,
        cleanup: { pods: 'Always', ttlAfterFinished: '0s' },
        results: { output: 'OnFailure' },
      });
    },
  },
  ...(
    [
      ['no workload', {}, ['spec']],
      ['two workloads', { sleep: { duration: '1s' }, iperf: {} }, ['spec']],
      ['a parameter out of range', { iperf: { streams: -1 } }, ['spec.iperf.streams']],
      ['a value that is not allowed', { sleep: { duration: '1s' }, backend: 'Cloud' }, ['spec.backend']],
      ['a duration that is none', { sleep: { duration: 'soon' } }, ['spec.sleep.duration']],
      ['too many retries', { sleep: { duration: '1s' }, retries: -1 }, ['spec.retries']],
    ] as [string, Record<string, unknown>, string[]][]
  ).map(([what, spec, fields]): Case => ({
    name: `a Benchmark with ${what} is Invalid at ${fields.join(' and ')}`,
    async run(api) {
      const reply = await api.create(benchmarks, benchmark(spec));
      expect(reply).toMatchObject({ status: 422, body: { reason: 'Invalid', details: { kind: 'Benchmark' } } });
      expect(causeFields(reply)).toEqual(fields);
    },
  })),
  {
    name: 'a Benchmark with an unknown field is refused under Strict',
    async run(api) {
      const typo = benchmark({ iperf: { stream: 4 } });
      expect(await api.create(benchmarks, typo, { fieldValidation: 'Strict' })).toMatchObject({
        status: 400,
        body: { message: expect.stringContaining('unknown field "spec.iperf.stream"') as unknown },
      });
    },
  },
  {
    name: 'an accepted spec changes in suspend, cancel, cleanup and timeouts only',
    async run(api) {
      await api.given(benchmarks, sleep);
      expect(await api.merge(benchmarks, 'a', { status: accepted }, 'status')).toMatchObject({ status: 200 });
      const free = { suspend: true, cancel: true, cleanup: { pods: 'Never' }, timeouts: { running: '1h' } };
      expect(await api.merge(benchmarks, 'a', { spec: free })).toMatchObject({ status: 200 });
      const fixed = await api.merge(benchmarks, 'a', { spec: { sleep: { duration: '2s' }, retries: 1 } });
      expect(causeFields(fixed)).toEqual(['spec.retries', 'spec.sleep']);
    },
  },
  {
    name: 'a BenchmarkSet with a template, a matrix and repetitions is taken',
    async run(api) {
      const spec = {
        template: { spec: { iperf: { duration: '5s' } } },
        matrix: { product: { 'iperf.streams': [1, 4], 'network.host': [true, false] } },
        repetitions: 3,
      };
      const { status, object } = await api.create(benchmarkSets, benchmark(spec), { fieldValidation: 'Strict' });
      expect(status).toBe(201);
      expect(object.spec).toMatchObject(spec);
    },
  },
];
