import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import { readyNodes } from './kubectl.ts';
import type { Layout } from './layout.ts';
import { stageOf } from './marker.ts';
import { alive } from './processes/identity.ts';
import { records } from './processes/service.ts';
import { registryFolder } from './services/registry.ts';

/** What runs of a cluster, for people, and whether that is all of it. */
export async function statusOf(layout: Layout): Promise<{ text: string; whole: boolean }> {
  const found = stageOf(layout);
  const folder = join(layout.folder, 'services');
  if (found.stage === 'absent' || !existsSync(folder))
    return { text: `The cluster ${layout.name} is not up: npm run cluster -- up`, whole: false };
  const services = records(folder);
  const ready = await readyNodes(layout);
  const whole =
    found.stage === 'up' && services.every((service) => alive(service.process)) && layout.nodes.every(({ name }) => ready.includes(name));
  const images = await registryImages(registryFolder(process.env, homedir()));
  const text = [
    `cluster ${layout.name}: ${whole ? 'whole' : 'not whole'}${found.stage === 'up' ? `, up since ${found.since}` : ` (${found.stage})`}`,
    table(
      ['service', 'pid', 'since'],
      services.map(({ name, process: identity, startedAt }) => [name, alive(identity) ? String(identity.pid) : 'ended', startedAt]),
    ),
    table(
      ['node', 'Ready'],
      layout.nodes.map(({ name }) => [name, ready.includes(name) ? 'yes' : 'no']),
    ),
    images.length > 0
      ? table(
          ['image in the registry'],
          images.map((image) => [image]),
        )
      : 'The registry has no images: npm run cluster -- load',
  ].join('\n');
  return { text, whole };
}

/** References below the registry's name, e.g. `library/debian:bookworm-slim`, read where it keeps them. */
async function registryImages(folder: string): Promise<string[]> {
  const repositories = join(folder, 'docker', 'registry', 'v2', 'repositories');
  if (!existsSync(repositories)) return [];
  const tags = (await readdir(repositories, { recursive: true })).filter((path) => /\/_manifests\/tags\/[^/]+$/.test(path));
  return tags.map((path) => path.replace('/_manifests/tags/', ':')).toSorted();
}

function table(head: string[], rows: string[][]): string {
  const plain = new Table({ head, style: { head: [], border: [] } });
  plain.push(...rows);
  return plain.toString();
}
