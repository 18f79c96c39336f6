import { gzipSync } from 'node:zlib';
import { createHmac } from 'node:crypto';

import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';

import { decodeFrame, encodeFrame, framesOf, isKey, recordLimit, terminationMessage, terminationMessageLimit } from './frame.ts';
import type { DecodedFrame } from './frame.ts';
import type { ResultRecord } from './record.ts';
import { formatTimestamp } from './timestamp.ts';
import { units } from './unit.ts';

const key = 'a1'.repeat(32);
const otherKey = 'b2'.repeat(32);

function record(changes: Partial<ResultRecord> = {}): ResultRecord {
  return {
    version: 1,
    workload: 'iperf',
    role: 'client',
    index: 0,
    outcome: 'Succeeded',
    metrics: [{ name: 'bandwidth', value: 23.4e9, unit: 'bit/s', better: 'Higher' }],
    series: [],
    warnings: [],
    tool: { argv: ['iperf3', '--json'], exitCode: 0, signal: null },
    ...changes,
  };
}

/** A record whose output does not compress, so that only the log can carry it. */
function largeRecord(bytes = 30_000): ResultRecord {
  const noise = Array.from({ length: bytes / 64 }, (_, index) => createHmac('sha256', key).update(String(index)).digest('hex')).join('');
  return record({ output: { stdout: noise, stderr: '', truncated: false } });
}

/** A frame with a sound HMAC around any payload: what only a bug in an agent could write. */
function signed(encoding: string, payload: string, secret = key): string {
  const head = `assay-frame/1 ${encoding} ${Buffer.byteLength(payload)}`;
  const mac = createHmac('sha256', Buffer.from(secret, 'hex')).update(`${head}\n`).update(payload).digest('hex');
  return `${head} ${mac}\nassay-frame:${mac.slice(0, 8)} ${payload}\n`;
}

function pointerOf(message: string) {
  const decoded = decodeFrame(message, key);
  if (decoded.frame !== 'InLog') throw new Error(`expected a pointer, got ${decoded.frame}`);
  return decoded.pointer;
}

const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const anyName = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,20}$/);
const anyText = fc.string({ unit: 'binary', maxLength: 300 });
const anyRecord: fc.Arbitrary<ResultRecord> = fc.record({
  version: fc.constant(1 as const),
  workload: anyName,
  role: anyName,
  index: fc.nat(),
  outcome: fc.constant('Failed' as const),
  reason: fc.constantFrom('ToolFailed' as const, 'OutOfMemory' as const),
  message: anyText,
  window: fc.integer({ min: 0, max: 4e15 }).map((start) => ({ startedAt: formatTimestamp(start), finishedAt: formatTimestamp(start + 1) })),
  metrics: fc.array(
    fc.record({
      name: anyName,
      value: number,
      unit: fc.constantFrom(...units),
      better: fc.constantFrom('Higher' as const, 'None' as const),
    }),
    { maxLength: 20 },
  ),
  series: fc.array(
    fc.record({ name: anyName, unit: fc.constantFrom(...units), start: number, interval: number, values: fc.array(number) }),
    {
      maxLength: 2,
    },
  ),
  warnings: fc.array(anyText, { maxLength: 3 }),
  tool: fc.record({ argv: fc.array(anyText, { maxLength: 5 }), exitCode: fc.constant(null), signal: fc.constant('SIGKILL') }),
  output: fc.record({ stdout: fc.string({ unit: 'binary', maxLength: 5000 }), stderr: anyText, truncated: fc.boolean() }),
});

/** What JSON makes of a record: lone surrogates stay, -0 becomes 0. */
function throughJson(value: ResultRecord): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe('round trip', () => {
  test('any record comes out of the log frame as it went in', () => {
    fc.assert(
      fc.property(anyRecord, (one) => {
        expect(decodeFrame(encodeFrame(one, key), key)).toEqual({ frame: 'Verified', record: throughJson(one) });
      }),
    );
  });

  test('any record comes out of its carriers as it went in', () => {
    fc.assert(
      fc.property(anyRecord, (one) => {
        const { message, log } = framesOf(one, key);
        const text = log ?? message;
        expect(decodeFrame(text, key, log === undefined ? undefined : pointerOf(message))).toEqual({
          frame: 'Verified',
          record: throughJson(one),
        });
      }),
    );
  });
});

describe('terminationMessage', () => {
  test('a small record is plain JSON', () => {
    expect(terminationMessage(record(), key)).toContain(JSON.stringify(record()));
  });

  test('a longer one is compressed', () => {
    const text = terminationMessage(record({ message: 'word '.repeat(1000) }), key);
    expect(text).toMatch(/^assay-frame\/1 gzip\+base64 /);
    expect(decodeFrame(text, key).frame).toBe('Verified');
  });

  test('one that fits in no way becomes a verified pointer into the log', () => {
    const { message, log } = framesOf(largeRecord(), key);
    expect(decodeFrame(log ?? '', key, pointerOf(message)).frame).toBe('Verified');
  });

  test('never passes what the kubelet keeps', () => {
    fc.assert(
      fc.property(anyRecord, (one) => {
        expect(Buffer.byteLength(terminationMessage(one, key))).toBeLessThanOrEqual(terminationMessageLimit);
      }),
    );
  });

  test('no log is needed when the record fits', () => {
    expect(framesOf(record(), key).log).toBeUndefined();
  });
});

describe('encodeFrame', () => {
  test.each(['', 'secret', 'zz'.repeat(32), 'ab'.repeat(15), 'abc'.repeat(11)])('refuses the key "%s"', (bad) => {
    expect(() => encodeFrame(record(), bad)).toThrow('the key of the frame is not known');
  });

  test('refuses a record that could not be read back', () => {
    const bad = record({ metrics: [{ name: 'bandwidth', value: Number.NaN, unit: 'bit/s', better: 'Higher' }] });
    expect(() => encodeFrame(bad, key)).toThrow('record.metrics[0].value: a finite number is allowed');
  });

  test('refuses a record beyond the bound', () => {
    const stdout = '\u0000'.repeat(recordLimit / 6);
    expect(() => encodeFrame(record({ output: { stdout, stderr: '', truncated: false } }), key)).toThrow('at most 8,388,608 are allowed');
  });

  test('keeps its lines shorter than runtimes split them', () => {
    const longest = Math.max(
      ...encodeFrame(largeRecord(100_000), key)
        .split('\n')
        .map((line) => line.length),
    );
    expect(longest).toBeLessThan(16_384);
  });
});

function neverAnother(decoded: DecodedFrame, original: unknown): void {
  if (decoded.frame === 'Verified') expect(decoded.record).toEqual(original);
  else expect(['Missing', 'Corrupt']).toContain(decoded.frame);
}

describe('damage', () => {
  const message = terminationMessage(record(), key);
  const log = encodeFrame(largeRecord(), key);
  const truth = { message: throughJson(record()), log: throughJson(largeRecord()) };

  test('a message cut anywhere is never a result', () => {
    // The last byte is the line break after the payload, which carries nothing.
    fc.assert(
      fc.property(fc.nat(message.length - 2), (length) => {
        expect(['Missing', 'Corrupt']).toContain(decodeFrame(message.slice(0, length), key).frame);
      }),
      { numRuns: 500 },
    );
  });

  test('a log cut at the end is never a result', () => {
    fc.assert(
      fc.property(fc.nat(log.length - 2), (length) => {
        expect(['Missing', 'Corrupt']).toContain(decodeFrame(log.slice(0, length), key).frame);
      }),
    );
  });

  test('a log cut at the beginning is never another result', () => {
    fc.assert(
      fc.property(fc.nat(log.length), (start) => {
        neverAnother(decodeFrame(log.slice(start), key), truth.log);
      }),
    );
  });

  test.each([
    ['message', message, truth.message],
    ['log', log, truth.log],
  ])('a flipped bit in a %s is never another result', (_, text, original) => {
    const bytes = Buffer.from(text);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (position, bit) => {
        const flipped = Buffer.from(bytes);
        flipped[position] = (flipped[position] ?? 0) ^ (1 << bit);
        neverAnother(decodeFrame(flipped.toString('latin1'), key), original);
      }),
      { numRuns: 500 },
    );
  });

  test('a cut says how much arrived', () => {
    const [header = '', line = ''] = message.split('\n');
    const length = Number(header.split(' ')[2]);
    const tag = line.indexOf('{');
    expect(decodeFrame(`${header}\n${line.slice(0, tag + 100)}`, key)).toEqual({
      frame: 'Corrupt',
      message: `cut after 100 of ${length} bytes`,
    });
  });

  test('figures of a long cut are grouped', () => {
    expect(decodeFrame(log.slice(0, 9000), key)).toEqual({
      frame: 'Corrupt',
      message: expect.stringMatching(/^cut after \d,\d{3} of \d{2},\d{3} bytes$/),
    });
  });

  test('a log without the frame that the message names is corrupt, not missing', () => {
    const { message: stub } = framesOf(largeRecord(), key);
    expect(decodeFrame('rotated away\n', key, pointerOf(stub))).toEqual({
      frame: 'Corrupt',
      message: expect.stringMatching(/^the log has lost the frame of [\d,]+ bytes that the termination message names$/),
    });
  });

  test('an older frame does not stand in for the one that the message names', () => {
    const { message: stub } = framesOf(largeRecord(), key);
    expect(decodeFrame(encodeFrame(record(), key), key, pointerOf(stub)).frame).toBe('Corrupt');
  });
});

describe('noise', () => {
  const noise = fc.string({ unit: 'binary', maxLength: 200 }).map((text) => text.replaceAll('assay-frame', ''));

  test('before and after changes nothing', () => {
    fc.assert(
      fc.property(noise, noise, (before, after) => {
        expect(decodeFrame(`${before}${encodeFrame(record(), key)}${after}`, key)).toEqual({ frame: 'Verified', record: record() });
      }),
    );
  });

  test('between the lines changes nothing', () => {
    const lines = encodeFrame(largeRecord(), key).split('\n');
    fc.assert(
      fc.property(fc.array(noise, { minLength: lines.length, maxLength: lines.length }), (interleaved) => {
        const text = lines.flatMap((line, index) => [line, interleaved[index]]).join('\n');
        expect(decodeFrame(text, key).frame).toBe('Verified');
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ['line ends of another system', (text: string) => text.replaceAll('\n', '\r\n')],
    ['time stamps before each line', (text: string) => text.replaceAll(/^/gm, '2026-11-21T03:46:17.123456789Z ')],
    ['a missing last line break', (text: string) => text.trimEnd()],
    ['colours', (text: string) => text.replaceAll(/^/gm, '\u001b[31m')],
  ])('%s changes nothing', (_, disturb) => {
    expect(decodeFrame(disturb(encodeFrame(largeRecord(), key)), key).frame).toBe('Verified');
  });

  test('megabytes before the frame do not matter', () => {
    const text = `${'0123456789abcde\n'.repeat(200_000)}${encodeFrame(record(), key)}`;
    expect(decodeFrame(text, key).frame).toBe('Verified');
  });

  test('text without a frame has none', () => {
    fc.assert(
      fc.property(noise, (text) => {
        expect(decodeFrame(text, key)).toEqual({ frame: 'Missing' });
      }),
    );
  });

  test('of two frames the last one counts', () => {
    const text = encodeFrame(record({ index: 1 }), key) + encodeFrame(record({ index: 2 }), key);
    expect(decodeFrame(text, key)).toEqual({ frame: 'Verified', record: record({ index: 2 }) });
  });
});

describe('forgery', () => {
  const forged = record({ metrics: [{ name: 'bandwidth', value: 1e15, unit: 'bit/s', better: 'Higher' }] });

  test('a frame under another key is never a result', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-f]{64}$/), (guess) => {
        fc.pre(guess !== key);
        expect(decodeFrame(encodeFrame(forged, guess), key)).toEqual({ frame: 'Corrupt', message: expect.stringContaining('HMAC') });
      }),
    );
  });

  test('does not hide the true frame before it', () => {
    const text = encodeFrame(record(), key) + encodeFrame(forged, otherKey);
    expect(decodeFrame(text, key)).toEqual({ frame: 'Verified', record: record() });
  });

  test('lines with a guessed tag do not end up in the true frame as a result', () => {
    const text = encodeFrame(largeRecord(), key).replace('\nassay-frame:', '\nassay-frame:00000000 AAAA\nassay-frame:');
    expect(decodeFrame(text, key).frame).toBe('Verified');
  });

  test('thousands of headers take no noticeable time', () => {
    const header = `assay-frame/1 json 10000000 ${'0'.repeat(64)}\n`;
    const start = performance.now();
    expect(decodeFrame(header.repeat(100_000), key).frame).toBe('Corrupt');
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test.each(['', 'no key'])('without a key (%s) nothing is accepted', (none) => {
    expect(decodeFrame(encodeFrame(record(), key), none)).toEqual({ frame: 'Corrupt', message: expect.stringContaining('key') });
  });
});

describe('a sound HMAC around', () => {
  test.each([
    ['no JSON', signed('json', 'hello'), 'not readable'],
    ['a record of another shape', signed('json', '{"version":1}'), 'record.workload'],
    ['an extra field', signed('json', JSON.stringify({ ...record(), extra: 1 })), 'record.extra: no such field'],
    ['an unknown reason', signed('json', JSON.stringify({ ...record(), outcome: 'Failed', reason: 'Tired' })), 'record.reason'],
    ['no gzip', signed('gzip+base64', 'AAAA'), 'not readable'],
    ['a bomb', signed('gzip+base64', gzipSync(Buffer.alloc(recordLimit + 1)).toString('base64')), 'not readable'],
    ['a length out of all bounds', `assay-frame/1 json 999999999 ${'0'.repeat(64)}\n`, 'claims 999,999,999 bytes'],
  ])('%s is refused', (_, text, message) => {
    expect(decodeFrame(text, key)).toEqual({ frame: 'Corrupt', message: expect.stringContaining(message) });
  });

  test('an unknown encoding is no frame', () => {
    expect(decodeFrame(signed('zstd', JSON.stringify(record())), key)).toEqual({ frame: 'Missing' });
  });
});

test.each([
  [key, true],
  ['AB'.repeat(16), true],
  ['ab'.repeat(15), false],
  [undefined, false],
  [12, false],
])('isKey(%s) is %s', (value, expected) => {
  expect(isKey(value)).toBe(expected);
});
