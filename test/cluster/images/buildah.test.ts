import { expect, test } from '@jest/globals';
import { buildArguments } from './buildah.ts';

const build = { reference: 'r/a:1', context: '/c', dockerfile: 'x/Dockerfile', labels: {} };

test('a build names image, Dockerfile and context last', () => {
  expect(buildArguments(build).slice(-5)).toEqual(['--tag', 'r/a:1', '--file', '/c/x/Dockerfile', '/c']);
});

test('a build pulls nothing, and gives the same content the same digest', () => {
  expect(buildArguments(build)).toEqual(expect.arrayContaining(['--pull-never', '--timestamp', '0']));
});

test('labels and secrets are one argument each, whatever is in them', () => {
  const words = buildArguments({ ...build, labels: { a: 'b c' }, secrets: { npmrc: '/home/a b/.npmrc' } });
  expect(words).toEqual(expect.arrayContaining(['--label', 'a=b c', '--secret', 'id=npmrc,src=/home/a b/.npmrc']));
});
