import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Layout } from './layout.ts';
import { alive, identify } from './processes/identity.ts';
import type { Identity } from './processes/identity.ts';

/** What is known of a cluster as a whole, in its folder. */
interface Marker {
  /** The process that brings it up. */
  readonly by: Identity;
  /** Whether it has been whole once. */
  readonly ready: boolean;
  readonly addOns: readonly string[];
  /** ISO 8601. */
  readonly since: string;
}

/** How far a cluster is: `starting` while somebody brings it up, `broken` if nobody finished. */
export type Stage =
  { stage: 'absent' } | { stage: 'starting'; by: number } | { stage: 'broken' } | { stage: 'up'; since: string; addOns: readonly string[] };

/** Takes a cluster's name by making its folder. @throws if it is taken */
export async function claim(layout: Layout): Promise<void> {
  await mkdir(dirname(layout.folder), { recursive: true });
  try {
    await mkdir(layout.folder);
  } catch (error) {
    throw new Error(`${layout.folder} cannot be made: another command brings up or takes down a cluster; try again`, { cause: error });
  }
  mark(layout, false);
}

/** Notes how far a cluster is, and what it has besides Kubernetes. */
export function mark(layout: Layout, ready: boolean, addOns: readonly string[] = []): void {
  const by = identify(process.pid);
  if (!by) throw new Error('/proc does not show this process: is /proc mounted?');
  const marker: Marker = { by, ready, addOns, since: new Date().toISOString() };
  writeFileSync(path(layout), JSON.stringify(marker));
}

export function stageOf(layout: Layout): Stage {
  if (!existsSync(layout.folder)) return { stage: 'absent' };
  if (!existsSync(path(layout))) return { stage: 'broken' };
  const { by, ready, addOns, since } = JSON.parse(readFileSync(path(layout), 'utf8')) as Marker;
  if (ready) return { stage: 'up', since, addOns };
  return alive(by) ? { stage: 'starting', by: by.pid } : { stage: 'broken' };
}

function path({ folder }: Layout): string {
  return join(folder, 'state.json');
}
