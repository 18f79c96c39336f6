import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { enterControlPlane, kubectl } from '../kubectl.ts';
import type { Layout } from '../layout.ts';
import type { Pki } from '../pki.ts';
import type { ServiceRecord, ServiceSpec } from '../processes/service.ts';
import type { AddOn, AddOnService, Place } from './add-on.ts';
import { addOns } from './add-ons.ts';
import type { AddOnPrograms } from './add-ons.ts';
import { manifestsOf } from './manifests.ts';
import type { AddOnName } from './names.ts';
import { webhooksByUrl } from './webhooks.ts';

/** How whoever brings up the cluster starts a program, and waits until a question is answered without an error. */
export interface Means {
  readonly start: (spec: ServiceSpec) => Promise<ServiceRecord>;
  readonly until: (what: string, needs: readonly ServiceRecord[], ask: () => Promise<unknown>) => Promise<void>;
}

/** Brings up an add-on on a cluster whose API server answers, and returns when it works. */
export async function install(layout: Layout, name: AddOnName, programs: AddOnPrograms, pki: Pki, { start, until }: Means): Promise<void> {
  const addOn = addOns[name];
  const { definitions, webhooks } = await manifestsOf(addOn);
  await apply(layout, definitions);
  // A definition that was only just created has no conditions, and kubectl does not wait for them.
  const established = ['wait', '--for=condition=Established', '--timeout=5s', '--filename=-'];
  await until(`the definitions of ${name}`, [], () => kubectl(layout, established, list(definitions)));
  await apply(layout, addOn.objects ?? []);

  const place = await createPlace(layout, name, addOn, pki);
  const started: ServiceRecord[] = [];
  for (const service of addOn.services(place)) started.push(await start(specOf(layout, service, programs)));
  const authority = await readFile(pki.certificateAuthority, 'utf8');
  await apply(layout, addOn.webhooks ? webhooksByUrl(webhooks, name, addOn.webhooks, authority) : []);
  const { words, input } = addOn.probe;
  await until(`${name} to work`, started, () => kubectl(layout, words, JSON.stringify(input)));
}

async function createPlace(layout: Layout, name: AddOnName, addOn: AddOn, pki: Pki): Promise<Place> {
  const folder = join(layout.folder, 'configuration', name);
  await mkdir(folder);
  await copyFile(pki.serving.certificate, join(folder, 'tls.crt'));
  await copyFile(pki.serving.key, join(folder, 'tls.key'));
  const { kubeconfig } = await pki.client(name, ['system:masters']);
  const place = { folder, kubeconfig };
  for (const [file, content] of Object.entries(addOn.files?.(place) ?? {})) await writeFile(join(folder, file), content);
  return place;
}

function specOf(layout: Layout, { program, args, environment = {} }: AddOnService, programs: AddOnPrograms): ServiceSpec {
  const path = programs.get(program);
  if (path === undefined) throw new Error(`no path of ${program} is known`);
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  return {
    name: program,
    argv: [...enterControlPlane(layout), 'env', ...variables, path, ...args],
    log: join(layout.folder, 'logs', `${program}.log`),
  };
}

async function apply(layout: Layout, objects: readonly object[]): Promise<void> {
  if (objects.length > 0) await kubectl(layout, ['apply', '--server-side', '--filename=-'], list(objects));
}

function list(items: readonly object[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}
