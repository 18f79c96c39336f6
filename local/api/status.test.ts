import { describe, expect, test } from '@jest/globals';
import { benchmarks, configMaps, pods } from '../../operator/kube/object.ts';
import * as status from './status.ts';
import type { Status, StatusError } from './status.ts';

// The bodies are those of a real API server, word by word: clients tell refusals apart by them.
describe('a refusal', () => {
  test.each<[string, StatusError, Partial<Status>]>([
    [
      'of a name of the core group',
      status.notFound(pods, 'a'),
      { code: 404, reason: 'NotFound', message: 'pods "a" not found', details: { name: 'a', kind: 'pods' } },
    ],
    [
      'of a name of another group',
      status.notFound(benchmarks, 'a'),
      {
        code: 404,
        reason: 'NotFound',
        message: 'benchmarks.assay.dev "a" not found',
        details: { name: 'a', group: 'assay.dev', kind: 'benchmarks' },
      },
    ],
    [
      'of a path',
      status.noSuchPath(),
      { code: 404, reason: 'NotFound', message: 'the server could not find the requested resource', details: {} },
    ],
    [
      'of a name that is taken',
      status.alreadyExists(configMaps, 'a'),
      { code: 409, reason: 'AlreadyExists', message: 'configmaps "a" already exists', details: { name: 'a', kind: 'configmaps' } },
    ],
    [
      'of an old version',
      status.conflict(configMaps, 'a'),
      {
        code: 409,
        reason: 'Conflict',
        message:
          'Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest ' +
          'version and try again',
        details: { name: 'a', kind: 'configmaps' },
      },
    ],
    ['without details', status.badRequest('why'), { code: 400, reason: 'BadRequest', message: 'why' }],
    [
      'by a rule of the server',
      status.forbidden(configMaps, 'a', 'why', [{ message: 'this' }]),
      {
        code: 403,
        reason: 'Forbidden',
        message: 'configmaps "a" is forbidden: why',
        details: { name: 'a', kind: 'configmaps', causes: [{ message: 'this' }] },
      },
    ],
    ['of history that is gone', status.tooOld(3, 9), { code: 410, reason: 'Expired', message: 'too old resource version: 3 (9)' }],
    [
      'of a revision to come',
      status.tooLarge(9, 3),
      {
        code: 504,
        reason: 'Timeout',
        message: 'Timeout: Too large resource version: 9, current: 3',
        details: { causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }], retryAfterSeconds: 1 },
      },
    ],
    [
      'of a method',
      status.methodNotAllowed(),
      { code: 405, reason: 'MethodNotAllowed', message: 'the server does not allow this method on the requested resource', details: {} },
    ],
  ])('%s', (_, error, wanted) => {
    expect(error.status).toEqual({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', ...wanted });
    expect(error.message).toBe(wanted.message);
  });
});

describe('an object that breaks rules is refused by its kind, not its plural', () => {
  const size = { reason: 'FieldValueInvalid', message: 'Invalid value: 0: must be 1 or more', field: 'spec.size' };
  const mode = { reason: 'FieldValueRequired', message: 'Required value', field: 'spec.mode' };

  test.each([
    ['one cause stands plainly', [size], 'Benchmark.assay.dev "a" is invalid: spec.size: Invalid value: 0: must be 1 or more'],
    [
      'several stand in brackets',
      [size, mode],
      'Benchmark.assay.dev "a" is invalid: [spec.size: Invalid value: 0: must be 1 or more, spec.mode: Required value]',
    ],
  ])('%s', (_, causes, message) => {
    const details = { name: 'a', group: 'assay.dev', kind: 'Benchmark', causes };
    expect(status.invalid(benchmarks, 'a', causes).status).toMatchObject({ code: 422, reason: 'Invalid', message, details });
  });

  test('an object without a name has none in its details', () => {
    expect(status.invalid(configMaps, '', [size]).status.details).toEqual({ kind: 'ConfigMap', causes: [size] });
  });
});

test('an error without a reason has no such field', () => {
  expect(new status.StatusError(500, undefined, 'why').status).not.toHaveProperty('reason');
});

test.each([
  ['with its uid', 'u', { name: 'a', kind: 'configmaps', uid: 'u' }],
  ['without one', undefined, { name: 'a', kind: 'configmaps' }],
])('a deletion that is complete says what went, %s', (_, uid, details) => {
  expect(status.deleted(configMaps, 'a', uid)).toEqual({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details });
});
