import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { podSecurity } from '../../../operator/backends/security.ts';
import { imageNames } from '../../../runners/registry.ts';
import { sourcesOf } from './dockerfile.ts';
import { hardwareImages, images, nodeImage, place, root, version } from './images.ts';

describe.each([...images, ...hardwareImages])('$name', ({ name, dockerfile }) => {
  const text = readFileSync(join(root, dockerfile), 'utf8');

  test('copies only what is there', () => {
    expect(sourcesOf(text).copies.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('KP-44 starts from the one base that all share on a node', () => {
    expect(sourcesOf(text).bases).toEqual([nodeImage]);
  });

  test('KP-44 runs as the user that its pods have, by number', () => {
    const { runAsUser, runAsGroup } = podSecurity;
    expect(/^USER (.*)$/m.exec(text)?.[1]).toBe(`${runAsUser}:${runAsGroup}`);
  });

  test('KP-44 has packages of Debian by their versions alone', () => {
    const [own = ''] = text.split(/^FROM /m).slice(-1);
    const packages = [...own.matchAll(/apt-get install ([^&]*)/g)].flatMap(([, words = '']) => words.match(/(?<=\s)[a-z][^\s\\]*/g) ?? []);
    expect(packages.filter((word) => !word.includes('='))).toEqual([]);
    // The operator has no tool.
    expect(packages.some((word) => word.startsWith('tini='))).toBe(name !== 'assay-operator');
  });

  test('carries its name, its licence and what it is', () => {
    const labels = [...text.matchAll(/org\.opencontainers\.image\.(\w+)="([^"]+)"/g)].map(([, key, value]) => [key, value]);
    expect(Object.fromEntries(labels)).toEqual({ title: name, description: expect.any(String), licenses: 'Apache-2.0' });
  });

  test('says how it is built', () => {
    expect(text).toContain(`buildah build --file ${dockerfile} --tag ${name} .`);
  });
});

test('every workload has its image', () => {
  expect(imageNames.toSorted()).toEqual(
    [...images, ...hardwareImages]
      .map(({ name }) => name)
      .filter((name) => name !== 'assay-operator')
      .toSorted(),
  );
});

test('every image has the version of the package as tag', () => {
  expect(images.map(({ reference }) => reference)).toEqual(images.map(({ name }) => `ghcr.io/assay/${name}:${version}`));
});

test.each([
  ['ghcr.io/assay/assay-fio:0.1.0', 'assay/assay-fio', '0.1.0'],
  ['registry.k8s.io/pause:3.10', 'pause', '3.10'],
  ['127.0.0.1:5000/a/b/c:d', 'a/b/c', 'd'],
])('place of %s', (reference, repository, tag) => {
  expect(place(reference)).toEqual({ repository, tag });
});

test.each(['', 'a', 'a:1', 'a/b', '127.0.0.1:5000/a', 'a/b:'])('%p has no place', (reference) => {
  expect(() => place(reference)).toThrow('host/repository:tag is needed');
});
