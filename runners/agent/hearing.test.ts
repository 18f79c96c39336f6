import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { Hearing } from './hearing.ts';

const text = 'Waiting for client to connect';

function heard(...pieces: (string | Buffer)[]): boolean {
  const hearing = new Hearing(text);
  for (const piece of pieces) hearing.add(Buffer.from(piece));
  return hearing.heard;
}

test.each<[string, (string | Buffer)[], boolean]>([
  ['nothing', [], false],
  ['something else', ['* Waiting for a client *\n'], false],
  ['the text alone', [text], true],
  ['the text among others', [`\n*****\n* ${text}... *\n*****\n`], true],
  ['the text, and a lot after it', [text, 'x'.repeat(10_000)], true],
  ['its end before its beginning', ['client to connect', 'Waiting for '], false],
  ['bytes that are no characters', [Buffer.from([0xff, 0xe2, 0x82]), text], true],
])('%s', (_, pieces, expected) => {
  expect(heard(...pieces)).toBe(expected);
});

test('the text is heard in whatever pieces it comes', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 60 }), { maxLength: 8 }), (places) => {
      const whole = `*** ${text} ***, said the server`;
      const cuts = [0, ...places.toSorted((a, b) => a - b), whole.length];
      expect(heard(...cuts.slice(1).map((end, index) => whole.slice(cuts[index], end)))).toBe(true);
    }),
  );
});
