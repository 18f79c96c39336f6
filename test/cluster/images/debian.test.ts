import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { settings, tarArguments } from './debian.ts';

const files = settings({ main: 'http://m', security: 'http://s' });
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-debian-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test.each([
  ['usr/share/doc/fio/README', false],
  ['usr/share/man/man1/fio.1', false],
  ['usr/share/locale/de/x.mo', false],
  ['etc/hostname', false],
  ['etc/resolv.conf', false],
  ['etc/apt/sources.list', false],
  ['var/lib/apt/lists/InRelease', false],
  ['var/log/dpkg.log', false],
  ['dev/null', false],
  ['etc/hosts', true],
  ['etc/apt/sources.list.d/bookworm.sources', true],
  ['usr/share/zoneinfo/UTC', true],
  ['var/lib/dpkg/status', true],
  ['opt/usr/share/doc', true],
])('the base holds %s: %p', (path, held) => {
  const root = join(folder, 'root');
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), '');
  const archive = join(folder, 'root.tar');
  execFileSync('tar', tarArguments(root, archive));
  const names = execFileSync('tar', ['--list', '--file', archive], { encoding: 'utf8' }).split('\n');
  expect(names.includes(`./${path}`)).toBe(held);
});

test('folders whose content is left out stay, as packages link into them', () => {
  const root = join(folder, 'root');
  mkdirSync(join(root, 'usr/share/man/man1'), { recursive: true });
  execFileSync('tar', tarArguments(root, join(folder, 'root.tar')));
  const names = execFileSync('tar', ['--list', '--file', join(folder, 'root.tar')], { encoding: 'utf8' }).split('\n');
  expect(names).toContain('./usr/share/man/');
  expect(names).not.toContain('./usr/share/man/man1/');
});

test('packages that are installed later leave their documentation out too', () => {
  expect(files['etc/dpkg/dpkg.cfg.d/slim']?.split('\n')).toEqual(
    expect.arrayContaining(['path-exclude /usr/share/doc/*', 'path-exclude /usr/share/man/*', 'path-exclude /usr/share/locale/*']),
  );
});

test('apt asks the archives that it is given', () => {
  expect(files['etc/apt/sources.list.d/bookworm.sources']).toContain('URIs: http://m\n');
});
