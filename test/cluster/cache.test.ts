import { describe, expect, test } from '@jest/globals';
import { cacheFolder, cacheKey } from './cache.ts';
import type { BuildInputs } from './cache.ts';

const inputs: BuildInputs = {
  files: { 'go.mod': 'module a', 'main.go': 'package main' },
  toolchain: 'go1.26.0 linux amd64',
  arguments: ['build', '-trimpath'],
};

describe('cacheKey', () => {
  test('is the same for the same inputs, in whatever order the files were read', () => {
    const files = { 'main.go': 'package main', 'go.mod': 'module a' };
    expect(cacheKey({ ...inputs, files })).toBe(cacheKey(inputs));
  });

  test.each<[string, Partial<BuildInputs>]>([
    ['a file', { files: { 'go.mod': 'module a', 'main.go': 'package main // changed' } }],
    ['a further file', { files: { ...inputs.files, 'go.sum': '' } }],
    ['where one file ends and the next begins', { files: { 'go.mod': 'module', 'main.go': 'a package main' } }],
    ['the Go release', { toolchain: 'go1.26.1 linux amd64' }],
    ['the architecture', { toolchain: 'go1.26.0 linux arm64' }],
    ['the arguments', { arguments: ['build'] }],
  ])('changes with %s', (_, change) => {
    expect(cacheKey({ ...inputs, ...change })).not.toBe(cacheKey(inputs));
  });

  test('can stand in a path', () => {
    expect(cacheKey(inputs)).toMatch(/^[0-9a-f]{16}$/);
  });
});

test.each([
  ['XDG_CACHE_HOME', { XDG_CACHE_HOME: '/x' }, '/x/assay/programs'],
  ['the home folder', {}, '/home/me/.cache/assay/programs'],
  ['the home folder, as an empty variable is an unset one', { XDG_CACHE_HOME: '' }, '/home/me/.cache/assay/programs'],
])('the cache lies in %s', (_, environment, folder) => {
  expect(cacheFolder(environment, '/home/me')).toBe(folder);
});
