import { readFile, readdir, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { surroundings } from './testing.ts';
import { prepareWorkplace, toolEnvironment } from './workplace.ts';

describe('prepareWorkplace', () => {
  test('is a fresh scratch folder by default, gone afterwards', async () => {
    const place = await prepareWorkplace({ files: [] }, '');
    expect(isAbsolute(place.path)).toBe(true);
    expect(await readdir(place.path)).toEqual([]);
    await place.leave();
    await expect(stat(place.path)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('is the folder that the task names, below the root, and stays', async () => {
    await using around = await surroundings();
    const place = await prepareWorkplace({ workdir: '/data/fio', files: [] }, around.root);
    await place.leave();
    expect(place.path).toBe(`${around.root}/data/fio`);
    expect((await stat(place.path)).isDirectory()).toBe(true);
  });

  test('holds the files of the task, in place of older ones', async () => {
    await using around = await surroundings();
    const at = (content: string) => prepareWorkplace({ workdir: '/data', files: [{ name: 'job.fio', content }] }, around.root);
    await at('[old and longer]');
    const place = await at('[new]');
    expect(await readFile(`${place.path}/job.fio`, 'utf8')).toBe('[new]');
  });
});

describe('toolEnvironment', () => {
  test.each([
    ["the container's own", { PATH: '/bin' }, {}, { PATH: '/bin', LC_ALL: 'C' }],
    ["nothing of Assay's", { ASSAY_TASK: 'secret', ASSAY_ROOT: '/x', ASSAY_ANYTHING: '1' }, {}, { LC_ALL: 'C' }],
    ["the task's over the container's", { A: '1', B: '1' }, { B: '2' }, { A: '1', B: '2', LC_ALL: 'C' }],
    ['decimal points over the image', { LC_ALL: 'de_DE.UTF-8' }, {}, { LC_ALL: 'C' }],
    ['the word of the task over that', {}, { LC_ALL: 'C.UTF-8' }, { LC_ALL: 'C.UTF-8' }],
    ['nothing unset', { A: undefined }, {}, { LC_ALL: 'C' }],
  ])('has %s', (_, own, added, expected) => {
    expect(toolEnvironment(own, added)).toEqual(expected);
  });

  test('has the token of the run where the task uses it, and not one that stands in the pod', () => {
    expect(toolEnvironment({ ASSAY_TOKEN: 'of the pod' }, {}, 'ab')).toEqual({ LC_ALL: 'C', ASSAY_TOKEN: 'ab' });
  });
});
