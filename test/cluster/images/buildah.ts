import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runIsolated } from './namespace.ts';
import type { Running } from './run.ts';
import { run } from './run.ts';

/** What an image is built from. */
export interface BuildContext {
  readonly context: string;
  /** Path of the Dockerfile in the context. */
  readonly dockerfile: string;
  /** Id -> file; seen by the steps that ask for it, and left in no image. */
  readonly secrets?: Readonly<Record<string, string>>;
}

export interface Build extends BuildContext {
  readonly reference: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** buildah over a folder of its own, so that nothing of the user's images is seen or touched. */
export interface Buildah {
  build(build: Build): Promise<void>;
  /** Value of an image's label; empty without the label or the image. */
  label(reference: string, name: string): Promise<string>;
  /** Copies an image to a registry that speaks plain HTTP. @param target host:port/repository:tag @returns its digest there */
  push(reference: string, target: string): Promise<string>;
}

const advice =
  'Steps that succeeded are kept. Packages come from the mirrors that apt and npm of this machine are set to: can they be reached?';
/** A first build installs packages from a mirror that may be slow, ms. */
const buildLimit = 10 * 60_000;

/**
 * Only one at a time may use a folder.
 * @param folder made if it is not there
 * @param scratch for files of a build; whoever gave it removes it
 */
export async function openBuildah(folder: string, scratch: string): Promise<Buildah> {
  if (process.getuid?.() !== 0) throw new Error('images are built as root only, as their files belong to several users: use sudo');
  await run('buildah', ['--version'], { step: 'images' });
  const [storage, state, varLib] = [join(folder, 'storage'), join(folder, 'run'), join(folder, 'var-lib')];
  await Promise.all([storage, state, varLib].map((path) => mkdir(path, { recursive: true })));
  const command = (step: string, args: readonly string[], more: Partial<Running> = {}): Promise<string> => {
    const program = ['buildah', '--root', storage, '--runroot', state, '--storage-driver', 'overlay'];
    // Its cache of what registries have is in /var/lib/containers, which no option moves.
    return runIsolated(
      [...program, ...args],
      { step, limit: 2 * 60_000, ...more, env: { TMPDIR: scratch } },
      { from: varLib, to: '/var/lib' },
    );
  };
  // Working containers of a build that was killed.
  await command('images: remove leftovers', ['rm', '--all']);
  return {
    async build(build) {
      await command(`${build.reference}: build`, buildArguments(build), { limit: buildLimit, advice });
    },
    async label(reference, name) {
      const words = ['inspect', '--type', 'image', '--format', `{{index .OCIv1.Config.Labels "${name}"}}`, reference];
      return (await command(`${reference}: inspect`, words).catch(() => '')).trim();
    },
    async push(reference, target) {
      const file = join(scratch, 'digest');
      // A node unpacks zstd in half the time that gzip takes.
      const options = ['--format', 'oci', '--compression-format', 'zstd', '--tls-verify=false', '--digestfile', file];
      await command(`${reference}: push`, ['push', '--quiet', ...options, reference, `docker://${target}`]);
      return await readFile(file, 'utf8');
    },
  };
}

/** Arguments of `buildah`. All times are 1970, so that the same content has the same digest. */
export function buildArguments({ reference, context, dockerfile, labels, secrets = {} }: Build): string[] {
  const options = ['--isolation', 'chroot', '--layers', '--pull-never', '--timestamp', '0'];
  const labelled = Object.entries(labels).flatMap(([name, value]) => ['--label', `${name}=${value}`]);
  const secret = Object.entries(secrets).flatMap(([id, file]) => ['--secret', `id=${id},src=${file}`]);
  return ['build', ...options, ...labelled, ...secret, '--tag', reference, '--file', join(context, dockerfile), context];
}
