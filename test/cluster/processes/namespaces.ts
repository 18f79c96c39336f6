import { closeSync, fstatSync, openSync, readdirSync, readlinkSync, statSync } from 'node:fs';

/** Kinds of namespaces by which a cluster's processes are found. */
const kinds = ['net', 'mnt', 'uts'] as const;

/** A file that keeps a namespace. */
export interface NamespaceFile {
  readonly kind: (typeof kinds)[number];
  readonly path: string;
}

/** Namespaces that do not end before they are let go, so that no other one gets their names. */
export interface HeldNamespaces {
  /** As /proc/PID/ns gives them, e.g. `net:[4026532281]`. */
  readonly names: ReadonlySet<string>;
  release(): void;
}

/** Holds the namespaces that files keep; a file that is not there, or keeps none, is left out. */
export function holdNamespaces(files: readonly NamespaceFile[]): HeldNamespaces {
  const held = files.flatMap(({ kind, path }) => {
    const descriptor = opened(path);
    if (descriptor === undefined) return [];
    // Namespaces are files of one file system of the kernel's: an ordinary file is the place of one that is gone or not yet there.
    const { dev, ino } = fstatSync(descriptor);
    if (dev === statSync('/proc/self/ns/net').dev) return [{ descriptor, name: `${kind}:[${ino}]` }];
    closeSync(descriptor);
    return [];
  });
  return {
    names: new Set(held.map(({ name }) => name)),
    release() {
      for (const { descriptor } of held) closeSync(descriptor);
    },
  };
}

/** The processes that are in any of the namespaces. */
export function processesIn(namespaces: ReadonlySet<string>): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => kinds.some((kind) => namespaces.has(linkOf(pid, kind)))).map(Number);
}

function linkOf(pid: string, kind: string): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/${kind}`);
  } catch {
    // It has just ended, or waits to be collected.
    return '';
  }
}

function opened(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch {
    return undefined;
  }
}
