import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { ApiError, NoReplyError } from '../operator/kube/errors.ts';
import { describeError } from './describe-error.ts';
import { UsageError } from './exit.ts';

const thrownBy = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe('what a user can mend is its message', () => {
  test.each([
    ['wrong usage', new UsageError('nap.yaml: no such file'), 'nap.yaml: no such file'],
    ['a refusal of the API server', new ApiError(403, 'Forbidden', 'may not list'), 'may not list'],
    ['a server that is away', new NoReplyError('Timeout', 'no reply within 30 s'), 'no reply within 30 s'],
    ['the file system', thrownBy(() => readFileSync('/nowhere/at/all')), "ENOENT: no such file or directory, open '/nowhere/at/all'"],
    ['several lines stay so', new UsageError('one\n  two'), 'one\n  two'],
    ['without what would move the cursor', new UsageError('a\u001b[2Jb\u0007'), 'a[2Jb'],
  ])('%s', (_, error, text) => {
    expect(describeError(error)).toBe(text);
  });
});

describe('a defect asks to be reported', () => {
  test('with its stack', () => {
    expect(describeError(new TypeError('x is undefined'))).toMatch(
      /^This is a defect of assay; please report it.*\nTypeError: x is undefined\n +at /,
    );
  });

  test.each([
    ['a string', 'boom', 'boom'],
    ['nothing', undefined, 'undefined'],
  ])('%s', (_, thrown, text) => {
    expect(describeError(thrown).split('\n')[1]).toBe(text);
  });
});
