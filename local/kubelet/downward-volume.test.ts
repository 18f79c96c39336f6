import { mkdir, readFile, readdir, readlink, writeFile } from 'node:fs/promises';

import { describe, expect, test } from '@jest/globals';

import { fillDownwardVolume } from './downward-volume.ts';
import type { Volume } from './pod.ts';
import { folder, pod } from './testing.ts';

const item = (path: string, fieldPath: string) => ({ path, fieldRef: { fieldPath } });
const volume = (...items: ReturnType<typeof item>[]): Volume => ({ name: 'told', downwardAPI: { items } });
const note = volume(item('note', "metadata.annotations['note']"), item('name', 'metadata.name'));
const noted = (text: string) => pod('one', {}, { annotations: { note: text } });

describe('a downward-API volume', () => {
  test('shows fields of the pod as files, one that there is not as an empty one', async () => {
    await using own = await folder();
    await fillDownwardVolume(`${own.path}/told`, note, pod('one'));
    expect(await readFile(`${own.path}/told/note`, 'utf8')).toBe('');
    expect(await readFile(`${own.path}/told/name`, 'utf8')).toBe('one');
  });

  test('is renewed as a whole by swapping one link, and keeps no version of before', async () => {
    await using own = await folder();
    await fillDownwardVolume(own.path, note, noted('a'));
    const before = await readlink(`${own.path}/..data`);
    await fillDownwardVolume(own.path, note, noted('b'));
    const after = await readlink(`${own.path}/..data`);
    expect(await readFile(`${own.path}/note`, 'utf8')).toBe('b');
    expect(after).not.toBe(before);
    expect((await readdir(own.path)).toSorted()).toEqual(['..data', after, 'name', 'note'].toSorted());
    expect(await readlink(`${own.path}/note`)).toBe('..data/note');
  });

  test('is left alone where it says the same', async () => {
    await using own = await folder();
    await fillDownwardVolume(own.path, note, noted('a'));
    const before = await readlink(`${own.path}/..data`);
    await fillDownwardVolume(own.path, note, noted('a'));
    expect(await readlink(`${own.path}/..data`)).toBe(before);
  });

  test('is never seen half written', async () => {
    await using own = await folder();
    const texts = ['a'.repeat(100_000), 'b'.repeat(100_000)];
    await fillDownwardVolume(own.path, note, noted(texts[0] ?? ''));
    const read = async () => await readFile(`${own.path}/note`, 'utf8').catch(() => texts[0]);
    for (let round = 1; round <= 30; round++) {
      const writing = fillDownwardVolume(own.path, note, noted(texts[round % 2] ?? ''));
      for (const seen of await Promise.all(Array.from({ length: 5 }, read))) expect(texts).toContain(seen);
      await writing;
    }
  });

  test.each<[string, Volume]>([
    ['a resource', { name: 'told', downwardAPI: { items: [{ path: 'cpu' }] } }],
    ['a field that is no metadata', volume(item('ip', 'status.podIP'))],
    ['a file elsewhere', volume(item('../../x', 'metadata.name'))],
    ['a file in a sub-folder', volume(item('a/b', 'metadata.name'))],
    ['a file that would replace the link', volume(item('..data', 'metadata.name'))],
  ])('refuses %s, and writes nothing', async (_, wrong) => {
    await using own = await folder();
    await expect(fillDownwardVolume(own.path, wrong, pod())).rejects.toThrow(/^volume told: .* is not available in local mode/);
    expect(await readdir(own.path)).toEqual([]);
  });

  test('says what the system says when its folder cannot be made', async () => {
    await using own = await folder();
    await mkdir(`${own.path}/a`);
    await writeFile(`${own.path}/a/b`, '');
    await expect(fillDownwardVolume(`${own.path}/a/b`, note, pod())).rejects.toMatchObject({ code: 'EEXIST' });
  });
});
