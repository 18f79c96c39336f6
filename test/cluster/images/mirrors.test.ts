import { expect, test } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { aptSources, mirrorsOf } from './mirrors.ts';

const debian = { main: 'http://deb.debian.org/debian', security: 'http://deb.debian.org/debian-security' };

test.each([
  [
    'both archives',
    'http://m/debian bookworm\nhttp://m/security bookworm-security\n',
    { main: 'http://m/debian', security: 'http://m/security' },
  ],
  ['a slash at the end', 'http://m/debian/ bookworm\n', { ...debian, main: 'http://m/debian' }],
  ['another release', 'http://m/debian trixie\nhttp://m/security trixie-security\n', debian],
  ['updates only', 'http://m/debian bookworm-updates\n', debian],
  ['no apt', '', debian],
  ['lines that say nothing', '\nx\n', debian],
])('mirrorsOf: %s', (_, targets, mirrors) => {
  expect(mirrorsOf(targets)).toEqual(mirrors);
});

test('sources name release, updates and security fixes, each with its archive', () => {
  const [release, security] = aptSources({ main: 'http://m', security: 'http://s' })
    .split('\n\n')
    .map((text) => parseAllDocuments(text)[0]?.toJS());
  expect(release).toMatchObject({ Types: 'deb', URIs: 'http://m', Suites: 'bookworm bookworm-updates', Components: 'main' });
  expect(security).toMatchObject({ Types: 'deb', URIs: 'http://s', Suites: 'bookworm-security', Components: 'main' });
});
