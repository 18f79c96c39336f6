import { expect, test } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { aptSources, mirrorsOf } from './mirrors.ts';

const fixes = 'http://s bookworm-security\n';

test.each([
  ['both archives', `http://m/debian bookworm\n${fixes}`],
  ['a slash at the end', `http://m/debian/ bookworm\n${fixes}`],
  ['other suites and lines that say nothing', `\nx\nhttp://u bookworm-updates\nhttp://m/debian bookworm\n${fixes}`],
])('mirrorsOf: %s', (_, targets) => {
  expect(mirrorsOf(targets)).toEqual({ main: 'http://m/debian', security: 'http://s' });
});

test.each([
  ['no apt', '', 'bookworm'],
  ['another release', 'http://m trixie\nhttp://s trixie-security\n', 'bookworm'],
  ['updates only', `http://m bookworm-updates\n${fixes}`, 'bookworm'],
  ['no security fixes', 'http://m bookworm\n', 'bookworm-security'],
])('mirrorsOf is refused with what to do: %s', (_, targets, suite) => {
  expect(() => mirrorsOf(targets)).toThrow(new RegExp(`no archive of ${suite}, .*add one to`));
});

test('sources name release, updates and security fixes, each with its archive', () => {
  const [release, security] = aptSources({ main: 'http://m', security: 'http://s' })
    .split('\n\n')
    .map((text) => parseAllDocuments(text)[0]?.toJS());
  expect(release).toMatchObject({ Types: 'deb', URIs: 'http://m', Suites: 'bookworm bookworm-updates', Components: 'main' });
  expect(security).toMatchObject({ Types: 'deb', URIs: 'http://s', Suites: 'bookworm-security', Components: 'main' });
});
