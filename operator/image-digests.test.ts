import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { imageNames } from '../runners/registry.ts';
import { readImageDigests } from './image-digests.ts';

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;

test.each([
  ['nothing', '', {}],
  ['one image', `assay-fio=${digest('a')}`, { 'assay-fio': digest('a') }],
  ['two', `assay-fio=${digest('a')},assay-iperf=${digest('0')}`, { 'assay-fio': digest('a'), 'assay-iperf': digest('0') }],
  ['with room and a comma too many', ` assay-fio=${digest('a')} , `, { 'assay-fio': digest('a') }],
])('%s', (_, text, expected) => {
  expect(readImageDigests(text)).toEqual(expected);
});

const form = 'NAME=sha256: and 64 hex digits in lower case';

test.each([
  ['a name alone', 'assay-fio', `--image-digests: "assay-fio" is not allowed; ${form}`],
  ['a digest alone', digest('a'), form],
  ['another hash', `assay-fio=sha512:${'a'.repeat(128)}`, form],
  ['no hash', `assay-fio=${'a'.repeat(64)}`, form],
  ['63 digits', `assay-fio=sha256:${'a'.repeat(63)}`, form],
  ['65 digits', `assay-fio=sha256:${'a'.repeat(65)}`, form],
  ['upper case, which registries refuse', `assay-fio=${digest('A')}`, form],
  ['a tag', 'assay-fio=0.1.0', form],
  ['more behind it', `assay-fio=${digest('a')}=b`, form],
  ['a line break behind it', `assay-fio=${digest('a')}\n=`, form],
  ['an image that there is not', `assay-foi=${digest('a')}`, `the images are ${imageNames.toSorted().join(', ')}`],
  ['the operator, which chooses no image for itself', `assay-operator=${digest('a')}`, 'the images are'],
  ['a property of every object', `constructor=${digest('a')}`, 'the images are'],
  ['one of two', `assay-fio=${digest('a')},assay-iperf=x`, '"assay-iperf=x" is not allowed'],
  ['an image twice', `assay-fio=${digest('a')},assay-fio=${digest('b')}`, '--image-digests: assay-fio is given twice; once an image'],
])('%s is refused', (_, text, message) => {
  expect(() => readImageDigests(text)).toThrow(message);
});

test('what is written in the form is read back, for any images and digests', () => {
  const hash = fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => `sha256:${hex}`);
  const pairs = fc.uniqueArray(fc.tuple(fc.constantFrom(...imageNames), hash), { selector: ([name]) => name });
  fc.assert(
    fc.property(pairs, (given) => {
      expect(readImageDigests(given.map((pair) => pair.join('=')).join(','))).toEqual(Object.fromEntries(given));
    }),
  );
});

test('anything else is refused or gives whole digests of known images, never something else', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      let read: Record<string, string> = {};
      try {
        read = readImageDigests(text);
      } catch (error) {
        expect(String(error)).toContain('--image-digests: ');
      }
      for (const value of Object.values(read)) expect(value).toMatch(/^sha256:[0-9a-f]{64}$/);
    }),
  );
});
