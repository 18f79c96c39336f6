import { expect, test } from '@jest/globals';
import { effectiveParameters, effectiveSpec } from './parameters.ts';

test('a spec gets every default that the API server would fill in', () => {
  expect(effectiveSpec({ sleep: {}, timeouts: { running: '1h' } })).toEqual({
    sleep: { duration: '1s' },
    placement: { exclusive: 'Node' },
    backend: 'Pods',
    timeouts: { pending: '5m', running: '1h' },
    retries: 0,
    suspend: false,
    cancel: false,
    cleanup: { pods: 'Always', ttlAfterFinished: '0s' },
    results: { output: 'OnFailure', retain: false },
  });
});

test('the argument is not changed', () => {
  const spec = { sleep: {} };
  effectiveSpec(spec);
  expect(spec).toEqual({ sleep: {} });
});

test.each([
  ['with defaults', { sleep: {} }, { duration: '1s' }],
  ['as given', { sleep: { duration: '3s' } }, { duration: '3s' }],
  ['of no workload', { retries: 1 }, undefined],
])('parameters %s', (_, spec, parameters) => {
  expect(effectiveParameters(spec)).toEqual(parameters);
});
