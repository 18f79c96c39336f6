import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Report } from './messages.ts';
import { commandIn, greetingOf, longestLine, nonceIn, reportIn, reportOf, requestOf } from './messages.ts';
import { proofOf } from './proof.ts';

const [token, nonce] = ['ab'.repeat(32), '01'.repeat(32)];

test('a greeting brings its nonce', () => {
  expect(nonceIn(greetingOf(nonce))).toBe(nonce);
});

test.each(['', 'SSH-2.0-OpenSSH_9.2', `assay-launch 2 ${nonce}`, `assay-launch 1 ${nonce.slice(2)}`, `assay-launch 1 ${nonce} x`])(
  'this is no greeting: "%s"',
  (line) => {
    expect(nonceIn(line)).toBeUndefined();
  },
);

describe('a request', () => {
  test('brings its command, whatever characters it has', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (argv) => {
        const line = requestOf(argv, token, nonce);
        expect(line).toMatch(/^[0-9a-f]{64} [A-Za-z0-9+/=]*$/);
        expect(commandIn(line, token, nonce)).toEqual(argv);
      }),
    );
  });

  test('does not show the token', () => {
    expect(requestOf(['orted'], token, nonce)).not.toContain(token);
  });

  test.each([
    ['of another token', requestOf(['orted'], 'cd'.repeat(32), nonce)],
    ['of an earlier time', requestOf(['orted'], token, '02'.repeat(32))],
    ['with more behind it, which no proof is over', `${requestOf(['orted'], token, nonce)} more`],
    ['without a proof', ` ${Buffer.from('["orted"]').toString('base64')}`],
    ['that is no list', proven('{"length": 1}')],
    ['that is no list of texts', proven('["orted", 1]')],
    ['that is no JSON', proven('[')],
    ['that is nothing', ''],
  ])('%s brings none', (_, line) => {
    expect(commandIn(line, token, nonce)).toBeUndefined();
  });
});

function proven(text: string): string {
  const request = Buffer.from(text).toString('base64');
  return `${proofOf(token, nonce, request)} ${request}`;
}

describe('a report', () => {
  test.each<[string, Report]>([
    ['output', { type: 'out', data: Buffer.from([0, 10, 255]) }],
    ['errors', { type: 'err', data: Buffer.from('no such host\n') }],
    ['the exit code', { type: 'exit', code: 213 }],
    ['a signal', { type: 'signal', name: 'SIGKILL' }],
    ['a refusal', { type: 'refused', message: 'näh: no' }],
  ])('arrives: %s', (_, report) => {
    expect(reportIn(reportOf(report))).toEqual(report);
  });

  test('is one line, and a full pipe fits into it', () => {
    const line = reportOf({ type: 'out', data: Buffer.alloc(65_536, 10) });
    expect(line).not.toContain('\n');
    expect(line.length).toBeLessThanOrEqual(longestLine);
  });

  test.each(['', 'exit', 'exit x', 'exit 1e3', 'exit 1234', 'exit 0 or so', 'signal 9', 'signal sigkill', 'started'])(
    '"%s" is none',
    (line) => {
      expect(reportIn(line)).toBeUndefined();
    },
  );
});
