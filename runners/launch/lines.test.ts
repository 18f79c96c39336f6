import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { Lines } from './lines.ts';

test('lines come whole, however they are cut', () => {
  const line = fc.stringMatching(/^[ -~]{0,20}$/);
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat({ max: 200 })), (lines, cuts) => {
      const bytes = Buffer.from(lines.map((one) => `${one}\n`).join(''));
      const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).toSorted((a, b) => a - b), bytes.length];
      const reader = new Lines(20);
      expect(places.slice(1).flatMap((end, index) => reader.add(bytes.subarray(places[index], end)))).toEqual(lines);
    }),
  );
});

test('what has not ended yet is no line', () => {
  expect(new Lines(10).add(Buffer.from('a\nb'))).toEqual(['a']);
});

test.each([
  ['that ends', 'longer than that\n'],
  ['that does not end', 'longer than that'],
])('a longer line %s is refused', (_, text) => {
  expect(() => new Lines(10).add(Buffer.from(text))).toThrow('a line of more than 10 characters came');
});

test('a line that grows piece by piece is refused when it is too long', () => {
  const reader = new Lines(3);
  reader.add(Buffer.from('ab'));
  expect(() => reader.add(Buffer.from('cd'))).toThrow(RangeError);
});
