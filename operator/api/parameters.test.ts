import { describe, expect, test } from '@jest/globals';
import { workloads } from '../../runners/registry.ts';
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

describe.each(Object.keys(workloads))('the defaults of %s', (name) => {
  test('stay as they are when they are filled in again, as at every read of an API server', () => {
    const once = effectiveSpec({ [name]: {} });
    expect(effectiveSpec(once)).toEqual(once);
  });

  test('are not shared between benchmarks', () => {
    const [one, two] = [effectiveParameters({ [name]: {} }), effectiveParameters({ [name]: {} })];
    const before = JSON.stringify(two);
    for (const field of Object.keys(one ?? {})) Reflect.set(one ?? {}, field, 'changed');
    expect(JSON.stringify(two)).toBe(before);
    expect(JSON.stringify(effectiveParameters({ [name]: {} }))).toBe(before);
  });

  test('do not depend on what else the spec says', () => {
    expect(effectiveParameters({ [name]: {}, retries: 3, backend: 'Volcano' })).toEqual(effectiveParameters({ [name]: {} }));
  });
});
