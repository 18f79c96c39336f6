import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { lines } from './lines.ts';

async function read(chunks: Uint8Array[], limit = 1000): Promise<string[]> {
  const source = async function* () {
    yield* chunks;
  };
  const seen: string[] = [];
  for await (const line of lines(source(), limit)) seen.push(line);
  return seen;
}

const bytes = (...texts: string[]) => texts.map((text) => Buffer.from(text));

describe('lines', () => {
  test.each([
    ['one a chunk', bytes('a\n', 'b\n'), ['a', 'b']],
    ['several a chunk', bytes('a\nb\nc\n'), ['a', 'b', 'c']],
    ['one over several chunks', bytes('a', 'b', 'c\n'), ['abc']],
    ['a last one without end', bytes('a\nb'), ['a', 'b']],
    ['empty ones left out', bytes('\n\na\n\r\n'), ['a']],
    ['ends of Windows', bytes('a\r\nb\r\n'), ['a', 'b']],
    ['nothing', bytes(), []],
  ])('%s', async (_, chunks, expected) => {
    expect(await read(chunks)).toEqual(expected);
  });

  test.each([
    [1000, 1000, undefined],
    [1001, 1000, 'a line is longer than 1000 bytes'],
  ])('a line of %i bytes with the bound %i', async (length, limit, error) => {
    const result = read(bytes('x'.repeat(length)), limit);
    if (error) await expect(result).rejects.toThrow(error);
    else await expect(result).resolves.toHaveLength(1);
  });

  test('however the bytes are cut, the lines are the same', async () => {
    const text = fc.string({ unit: 'binary' }).map((line) => line.replace(/\s/g, ''));
    await fc.assert(
      fc.asyncProperty(fc.array(text), fc.array(fc.nat(200)), async (expected, cuts) => {
        const whole = Buffer.from(expected.map((line) => `${line}\n`).join(''));
        const at = [0, ...cuts.map((cut) => Math.min(cut, whole.length)).toSorted((a, b) => a - b), whole.length];
        const chunks = at.slice(1).map((end, n) => whole.subarray(at[n], end));
        expect(await read(chunks, 10_000)).toEqual(expected.map((line) => Buffer.from(line).toString()).filter((line) => line !== ''));
      }),
    );
  });
});
