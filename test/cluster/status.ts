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
    return { text: `The cluster ${layout.name} is not up: npm run cluster -- up --name ${layout.name}`, whole: false };
  const services = records(folder);
  const ready = await readyNodes(layout);
  const whole =
    found.stage === 'up' && services.every((service) => alive(service.process)) && layout.nodes.every(({ name }) => ready.includes(name));
  const images = await registryImages(registryFolder(process.env, homedir()));
  const text = [
    `cluster ${layout.name}: ${whole ? 'whole' : 'not whole'}${found.stage === 'up' ? `, up since ${found.since}` : ` (${found.stage})`}`,
    ...(found.stage === 'up' && found.addOns.length > 0 ? [`with ${found.addOns.join(', ')}`] : []),
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

/** What the registry of a folder holds; read where it keeps it, so that it need not run. */
async function registryImages(folder: string): Promise<string[]> {
  const repositories = join(folder, 'docker', 'registry', 'v2', 'repositories');
  return existsSync(repositories) ? references(await readdir(repositories, { recursive: true })) : [];
}

/** References such as `library/debian:bookworm-slim` that paths below a registry's repositories stand for. */
export function references(paths: readonly string[]): string[] {
  const tags = paths.filter((path) => /\/_manifests\/tags\/[^/]+$/.test(path)).map((path) => path.replace('/_manifests/tags/', ':'));
  // What an image was made of is noted as a tag, too, for the next build.
  return tags.filter((reference) => !/:inputs-[0-9a-f]+$/.test(reference)).toSorted();
}

function table(head: string[], rows: string[][]): string {
  const plain = new Table({ head, style: { head: [], border: [] } });
  plain.push(...rows);
  return plain.toString();
}
