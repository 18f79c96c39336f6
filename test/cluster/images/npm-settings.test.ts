import { expect, test } from '@jest/globals';
import { npmrc } from './npm-settings.ts';

test.each([
  ['no files', [], 'registry=https://r/\ncafile=/run/secrets/npm-ca\n'],
  ['an empty file', [''], '\nregistry=https://r/\ncafile=/run/secrets/npm-ca\n'],
  ['files in their order', ['a=1\n', 'a=2'], 'a=1\na=2\nregistry=https://r/\ncafile=/run/secrets/npm-ca\n'],
  [
    'a certificate file of this machine, which the build does not see',
    ['cafile=/etc/x.pem'],
    'cafile=/etc/x.pem\nregistry=https://r/\ncafile=/run/secrets/npm-ca\n',
  ],
])('npmrc of %s', (_, files, text) => {
  expect(npmrc(files, 'https://r/')).toBe(text);
});
