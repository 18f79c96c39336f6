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
