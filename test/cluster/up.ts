import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { AddOnPrograms } from './add-ons/add-ons.ts';
import { install } from './add-ons/install.ts';
import { multusUser } from './add-ons/multus.ts';
import type { AddOnName } from './add-ons/names.ts';
import { kubectl, programFolder, readyNodes } from './kubectl.ts';
import { dnsDomain, dnsServiceAddress, netnsFolder } from './layout.ts';
import type { Layout } from './layout.ts';
import { mark } from './marker.ts';
import { networkCommands, secondNetworkCommands } from './network/topology.ts';
import { createNode, nodeServices } from './node/create.ts';
import type { Multus } from './node/multus.ts';
import { command, commands } from './processes/command.ts';
import { launch } from './processes/service.ts';
import type { ServiceRecord, ServiceSpec } from './processes/service.ts';
import { waitFor } from './processes/wait.ts';
import { createCertificates } from './services/certificates.ts';
import type { Certificates } from './services/certificates.ts';
import { clusterObjects } from './services/objects.ts';
import type { Programs } from './services/programs.ts';
import { controlPlaneServices } from './services/start.ts';

// A start takes 10 to 20 s in all; the rest is for a machine that is busy with other things.
const readyWithin = 120_000;

export interface UpOptions {
  /** Keep an audit log of the API server. */
  readonly audit: boolean;
  readonly addOns: readonly AddOnName[];
  readonly report: (line: string) => void;
  /** Aborted when the user wants to stop. */
  readonly signal: AbortSignal;
}

/** Paths of all programs that are built. */
export interface AllPrograms {
  readonly cluster: Programs;
  readonly addOns: AddOnPrograms;
}

/**
 * Brings up a cluster whose name is claimed, and returns when both nodes are Ready, DNS answers and its add-ons work.
 * @throws with the last lines of the log that matters; what was made until then is still there, and nothing more comes
 */
export async function bringUp(
  layout: Layout,
  { cluster: programs, addOns: addOnPrograms }: AllPrograms,
  options: UpOptions,
): Promise<void> {
  const { audit, addOns, report, signal } = options;
  await createFolders(layout, programs);
  await commands(networkCommands(layout));
  const certificates = await createCertificates(layout);
  const multus = await multusOf(addOnPrograms, certificates);
  if (multus) await commands(secondNetworkCommands(layout));
  report('network and certificates are made');
  signal.throwIfAborted();

  const start = (spec: ServiceSpec) => launch(join(layout.folder, 'services'), spec);
  const until = (what: string, needs: readonly ServiceRecord[], every: number, ready: () => Promise<boolean>) =>
    waitFor({ what, needs, within: readyWithin, every, signal }, ready);
  const services = await controlPlaneServices(layout, programs, certificates, audit);
  const store = [await start(services.apiServer), await start(services.etcd)];
  const registry = await start(services.registry);
  // One after the other, so that nothing of one is still being made when another fails.
  const nodes = layout.nodes.map((node) => ({ node, specs: nodeServices(layout, node) }));
  const containers: ServiceRecord[] = [];
  for (const { node, specs } of nodes) {
    await createNode(node, certificates, programs, multus);
    containers.push(await start(specs.containerd));
  }
  await until('the API server', store, 250, () => apiServerAnswers(layout));
  report('API server answers');

  const controllers = [await start(services.controllerManager), await start(services.scheduler)];
  await until('the first objects to be created', store, 500, () => applied(layout));
  const dns = await start(services.dns);
  const kubelets: ServiceRecord[] = [];
  for (const { specs } of nodes) kubelets.push(await start(specs.kubelet), await start(specs.proxy));
  const names = layout.nodes.map(({ name }) => name).join(' and ');
  const ready = async () => (await readyNodes(layout)).toSorted().join(' and ') === names;
  await until(`${names} to be Ready`, [...kubelets, ...containers, ...store], 400, ready);
  report(`nodes ${names} are Ready`);
  await until('DNS to answer on every node', [dns, ...kubelets, ...controllers, registry], 250, () => dnsAnswers(layout));
  report('DNS answers');
  for (const name of addOns) {
    await install(layout, name, addOnPrograms, certificates.pki, {
      start,
      until: (what, needs, ask) => until(what, needs, 250, () => succeeds(ask())),
    });
    report(`${name} works`);
  }
  mark(layout, true, addOns);
}

async function multusOf(programs: AddOnPrograms, { pki }: Certificates): Promise<Multus | undefined> {
  const program = programs.get('multus');
  return program === undefined ? undefined : { program, kubeconfig: (await pki.client(multusUser)).kubeconfig };
}

async function createFolders(layout: Layout, programs: Programs): Promise<void> {
  for (const name of ['services', 'logs', 'namespaces', 'bin']) await mkdir(join(layout.folder, name));
  await mkdir(layout.data, { recursive: true });
  for (const name of ['kubectl', 'helm'] as const) await symlink(programs[name], join(programFolder(layout), name));
  // A mount namespace can be kept in a file only where mounts are not shared.
  const namespaces = join(layout.folder, 'namespaces');
  await commands([
    ['mount', '--bind', namespaces, namespaces],
    ['mount', '--make-private', namespaces],
  ]);
}

/** Whether it has made its first roles, without which controllers fail, and its first namespaces, which come later still. */
function apiServerAnswers(layout: Layout): Promise<boolean> {
  const paths = ['/readyz', '/api/v1/namespaces/kube-system'];
  return succeeds(Promise.all(paths.map((path) => kubectl(layout, ['get', `--raw=${path}`]))));
}

function applied(layout: Layout): Promise<boolean> {
  return succeeds(kubectl(layout, ['apply', '--server-side', '--filename=-'], JSON.stringify(clusterObjects(layout))));
}

async function dnsAnswers({ nodes }: Layout): Promise<boolean> {
  const program = join(import.meta.dirname, 'network', 'resolve.ts');
  const question = [process.execPath, program, `kubernetes.default.svc.${dnsDomain}`, dnsServiceAddress];
  return succeeds(Promise.all(nodes.map(({ network }) => command(['nsenter', `--net=${join(netnsFolder, network)}`, ...question]))));
}

function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}
