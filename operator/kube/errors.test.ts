import { describe, expect, test } from '@jest/globals';
import * as errors from './errors.ts';
import { ApiError } from './errors.ts';

const status = (code: number, reason: string, more: object = {}) => ({
  kind: 'Status',
  code,
  reason,
  message: 'said by the server',
  ...more,
});

describe('ApiError.from', () => {
  test('takes reason, message and details of a Status', () => {
    const details = { causes: [{ field: 'spec.iperf.streams', message: 'must be at most 128' }] };
    const error = ApiError.from(422, status(422, 'Invalid', { details }), {}, 'POST /apis/assay.dev/v1alpha1/benchmarks');
    expect(error).toMatchObject({ status: 422, reason: 'Invalid', details });
    expect(error.message).toBe('POST /apis/assay.dev/v1alpha1/benchmarks: 422 Invalid: said by the server');
  });

  test.each([
    ['a proxy page', 502, '<html>bad gateway</html>', 'Unknown', '502 Unknown: <html>bad gateway</html>'],
    ['no body', 404, undefined, 'NotFound', '404 NotFound: no further explanation'],
    ['a body that is no Status', 503, { hello: 1 }, 'ServiceUnavailable', '503 ServiceUnavailable: no further explanation'],
    ['a Status without reason', 409, { kind: 'Status', message: 'busy' }, 'Conflict', '409 Conflict: busy'],
  ])('explains %s', (_, code, body, reason, message) => {
    const error = ApiError.from(code, body);
    expect([error.reason, error.message]).toEqual([reason, message]);
  });

  test('bounds text that is not from the API server', () => {
    expect(ApiError.from(500, 'x'.repeat(10_000)).message.length).toBeLessThan(400);
  });

  test('takes the code of an in-band Status, which has no HTTP status', () => {
    expect(ApiError.from(0, status(410, 'Expired')).status).toBe(410);
  });

  test.each([
    ['header', { 'retry-after': '7' }, {}, 7],
    ['details', {}, { details: { retryAfterSeconds: 3 } }, 3],
    ['header before details', { 'retry-after': '7' }, { details: { retryAfterSeconds: 3 } }, 7],
    ['a date, which is ignored', { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, {}, undefined],
    ['a negative number, which is ignored', { 'retry-after': '-1' }, {}, undefined],
    ['nothing', {}, {}, undefined],
  ])('reads Retry-After from %s', (_, headers, more, expected) => {
    expect(ApiError.from(429, status(429, 'TooManyRequests', more), headers as Record<string, string>).retryAfter).toBe(expected);
  });
});

describe('predicates', () => {
  const cases: [string, (error: unknown) => boolean, number, string][] = [
    ['isNotFound', errors.isNotFound, 404, 'NotFound'],
    ['isUnauthorized', errors.isUnauthorized, 401, 'Unauthorized'],
    ['isForbidden', errors.isForbidden, 403, 'Forbidden'],
    ['isConflict', errors.isConflict, 409, 'Conflict'],
    ['isAlreadyExists', errors.isAlreadyExists, 409, 'AlreadyExists'],
    ['isGone', errors.isGone, 410, 'Expired'],
    ['isGone', errors.isGone, 410, 'Gone'],
    ['isInvalid', errors.isInvalid, 422, 'Invalid'],
    ['isBadRequest', errors.isBadRequest, 400, 'BadRequest'],
    ['isTooManyRequests', errors.isTooManyRequests, 429, 'TooManyRequests'],
  ];

  test.each(cases)('%s is true for its own', (_, predicate, code, reason) => {
    expect(predicate(new ApiError(code, reason, ''))).toBe(true);
  });

  test.each(cases)('%s is false for another status and for other errors', (_, predicate) => {
    expect([new ApiError(500, 'InternalError', ''), new Error('x'), undefined].map(predicate)).toEqual([false, false, false]);
  });

  test('a conflict is no name clash', () => {
    expect(errors.isConflict(new ApiError(409, 'AlreadyExists', ''))).toBe(false);
  });

  test.each([
    ['pods "x" is forbidden: exceeded quota: small, requested: pods=1', true],
    ['pods is forbidden: User "x" cannot create resource "pods"', false],
  ])('tells a full quota from a missing right: %s', (message, expected) => {
    expect(errors.isQuotaExceeded(new ApiError(403, 'Forbidden', message))).toBe(expected);
  });
});

test.each([
  [new Error('broken'), 'broken'],
  [{ message: 'from elsewhere' }, 'from elsewhere'],
  ['text', 'text'],
  [undefined, 'undefined'],
  [null, 'null'],
])('messageOf %p', (thrown, expected) => {
  expect(errors.messageOf(thrown)).toBe(expected);
});
