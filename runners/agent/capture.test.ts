import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';

import { Capture } from './capture.ts';

function captured(limit: number, ...chunks: string[]): Capture {
  const capture = new Capture(limit);
  for (const chunk of chunks) capture.add(Buffer.from(chunk));
  return capture;
}

describe('Capture', () => {
  test.each([
    ['nothing', [], '', false],
    ['less than the limit', ['ab', 'cd'], 'abcd', false],
    ['more than half of it', ['abcdef'], 'abcdef', false],
    ['exactly the limit', ['abcd', 'efgh'], 'abcdefgh', false],
    ['one more', ['abcdefghi'], 'abcd\n[1 bytes left out]\nfghi', true],
    ['much more in one piece', ['abcdefghijklmnopqrstuvwxyz'], 'abcd\n[18 bytes left out]\nwxyz', true],
    ['much more in small pieces', 'abcdefghijklmnopqrstuvwxyz'.split(''), 'abcd\n[18 bytes left out]\nwxyz', true],
    ['a piece over the seam', ['abc', 'def', 'ghi', 'jkl'], 'abcd\n[4 bytes left out]\nijkl', true],
    ['empty pieces', ['', 'a', '', ''], 'a', false],
  ])('%s', (_, chunks, text, truncated) => {
    const capture = captured(8, ...chunks);
    expect([capture.text(), capture.truncated]).toEqual([text, truncated]);
  });

  test('keeps both ends however the stream is cut into pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{0,30}$/)), fc.integer({ min: 1, max: 40 }), (chunks, half) => {
        const whole = chunks.join('');
        const left = whole.length - 2 * half;
        const expected = left > 0 ? `${whole.slice(0, half)}\n[${left} bytes left out]\n${whole.slice(-half)}` : whole;
        expect(captured(2 * half, ...chunks).text()).toBe(expected);
      }),
    );
  });

  test('a character over the seam of a whole text stays whole', () => {
    expect(captured(8, 'abc\u20acd').text()).toBe('abc\u20acd');
  });

  test('does not keep the pieces it was given', () => {
    const chunk = Buffer.from('abcd');
    const capture = new Capture(16);
    capture.add(chunk);
    chunk.fill('x');
    expect(capture.text()).toBe('abcd');
  });
});
