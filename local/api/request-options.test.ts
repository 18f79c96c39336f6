import { describe, expect, test } from '@jest/globals';
import type { ApiRequest } from '../../operator/kube/transport.ts';
import { deleteOptions, writeOptions } from './request-options.ts';

function request(query: Record<string, string>, body?: unknown): ApiRequest {
  return { method: 'DELETE', path: '/', query, body };
}

const ignore = () => undefined;

describe('options of a write', () => {
  test('are those of the API server where nothing is said', () => {
    expect(writeOptions({ method: 'POST', path: '/' }, undefined, 5, ignore)).toEqual({
      fieldValidation: 'Warn',
      dryRun: false,
      now: 5,
      manager: 'unknown',
      warn: ignore,
    });
  });

  test('come from the query and the path', () => {
    const query = { fieldValidation: 'Strict', dryRun: 'All', fieldManager: 'me' };
    expect(writeOptions(request(query), 'status', 0, ignore)).toMatchObject({
      fieldValidation: 'Strict',
      dryRun: true,
      manager: 'me',
      subresource: 'status',
    });
  });

  test.each([
    [{ fieldValidation: 'strict' }, 'fieldValidation: "strict" is not one of Strict, Warn, Ignore'],
    [{ dryRun: 'true' }, 'dryRun: "true" is not one of All'],
  ])('%j are refused', (query, message) => {
    expect(() => writeOptions(request(query), undefined, 0, ignore)).toThrow(message);
  });
});

describe('options of a deletion', () => {
  test.each<[string, Record<string, string>, unknown, object]>([
    ['nothing', {}, undefined, { preconditions: {}, dryRun: false }],
    ['a grace in the query', { gracePeriodSeconds: '5' }, undefined, { gracePeriodSeconds: 5 }],
    ['a grace in the body', {}, { gracePeriodSeconds: 0 }, { gracePeriodSeconds: 0 }],
    ['both, of which the body counts', { gracePeriodSeconds: '5' }, { gracePeriodSeconds: 1 }, { gracePeriodSeconds: 1 }],
    ['a policy', { propagationPolicy: 'Orphan' }, undefined, { propagationPolicy: 'Orphan' }],
    ['preconditions', {}, { preconditions: { uid: 'u', resourceVersion: '7' } }, { preconditions: { uid: 'u', resourceVersion: '7' } }],
    ['a dry run in the body', {}, { dryRun: ['All'] }, { dryRun: true }],
    ['a body that is none', {}, 'x', { preconditions: {} }],
  ])('%s', (_, query, body, wanted) => {
    expect(deleteOptions(request(query, body))).toMatchObject(wanted);
  });

  test.each([
    [{ gracePeriodSeconds: 'soon' }, 'gracePeriodSeconds: "soon" is no whole number'],
    [{ propagationPolicy: 'Later' }, 'propagationPolicy: "Later" is not one of Background, Foreground, Orphan'],
  ])('%j are refused', (query, message) => {
    expect(() => deleteOptions(request(query))).toThrow(message);
  });
});
