import { createHash } from 'node:crypto';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that decides what a build gives. */
export interface BuildInputs {
  /** Path below the module's folder -> content. */
  readonly files: Readonly<Record<string, string>>;
  /** Release, system and architecture of the toolchain, e.g. `go1.26.0 linux amd64`. */
  readonly toolchain: string;
  readonly arguments: readonly string[];
}

/** Names a build by what goes into it: the same inputs, the same key, on any branch and in any checkout. */
export function cacheKey({ files, toolchain, arguments: args }: BuildInputs): string {
  const sorted = Object.entries(files).toSorted(([a], [b]) => (a < b ? -1 : 1));
  // JSON keeps the borders between values, so that no two sets of inputs run together into one text.
  return createHash('sha256')
    .update(JSON.stringify([sorted, toolchain, args]))
    .digest('hex')
    .slice(0, 16);
}

/** The folder of built programs. Outside the checkout, so that `git clean` and new worktrees do not cost a build. */
export function cacheFolder(environment: Environment, home: string): string {
  return join(environment['XDG_CACHE_HOME'] || join(home, '.cache'), 'assay', 'programs');
}
