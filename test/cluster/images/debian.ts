import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mirrors } from './mirrors.ts';
import { aptSources, release } from './mirrors.ts';
import { runIsolated } from './namespace.ts';
import { run } from './run.ts';

/** What "slim" means: neither here nor in what is installed later. */
const unread = ['doc', 'groff', 'info', 'linda', 'lintian', 'locale', 'man'].map((name) => `/usr/share/${name}/*`);

/** What belongs to the machine or the moment that the base was made on. */
const passing = [
  '/dev/*',
  '/etc/apt/sources.list',
  '/etc/hostname',
  '/etc/resolv.conf',
  '/var/cache/apt/*',
  '/var/lib/apt/lists/*',
  '/var/log/*',
];

/** Files that Debian itself does not bring. */
export function settings(mirrors: Mirrors): Readonly<Record<string, string>> {
  return {
    'etc/dpkg/dpkg.cfg.d/slim': unread.map((path) => `path-exclude ${path}\n`).join(''),
    'etc/apt/apt.conf.d/slim': [
      'Acquire::Languages "none";',
      'APT::AutoRemove::SuggestsImportant "false";',
      'DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/*.bin"; };',
      '',
    ].join('\n'),
    [`etc/apt/sources.list.d/${release}.sources`]: aptSources(mirrors),
  };
}

export function tarArguments(root: string, file: string): string[] {
  const excluded = [...unread, ...passing].map((path) => `--exclude=.${path}`);
  return ['--create', '--file', file, '--directory', root, '--numeric-owner', '--sort=name', ...excluded, '.'];
}

/** Some 100 packages from a mirror that may be slow, ms. */
const debootstrapLimit = 10 * 60_000;

/** Makes Debian's smallest system as `root.tar` in a folder, about 80 MB. */
export async function makeDebian(folder: string, mirrors: Mirrors): Promise<void> {
  const root = join(folder, 'root');
  await run('debootstrap', ['--version'], { step: 'debian' });
  const words = ['debootstrap', '--variant=minbase', release, root, mirrors.main];
  const advice = "Can this archive be reached? It is the one that apt is set to, or else Debian's own.";
  await runIsolated(words, { step: `debian: debootstrap from ${mirrors.main}`, limit: debootstrapLimit, advice });
  for (const [path, text] of Object.entries(settings(mirrors))) {
    await mkdir(join(root, path, '..'), { recursive: true });
    await writeFile(join(root, path), text);
  }
  await run('tar', tarArguments(root, join(folder, 'root.tar')), { step: 'debian: tar' });
  await rm(root, { recursive: true });
}
