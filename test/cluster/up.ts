import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { kubectl, programFolder, readyNodes } from './kubectl.ts';
import { dnsDomain, dnsServiceAddress, netnsFolder, stateRoot } from './layout.ts';
import type { Layout } from './layout.ts';
import { mark } from './marker.ts';
import { networkCommands } from './network/topology.ts';
import { createNode, nodeServices } from './node/create.ts';
import { command, commands } from './processes/command.ts';
import { launch } from './processes/service.ts';
import type { ServiceRecord, ServiceSpec } from './processes/service.ts';
import { waitFor } from './processes/wait.ts';
import { createCertificates } from './services/certificates.ts';
import { clusterObjects } from './services/objects.ts';
import type { Programs } from './services/programs.ts';
import { controlPlaneServices } from './services/start.ts';

// A start takes 10 to 20 s in all; the rest is for a machine that is busy with other things.
const readyWithin = 120_000;

export interface UpOptions {
  /** Keep an audit log of the API server. */
  readonly audit: boolean;
  readonly report: (line: string) => void;
  /** Aborted when the user wants to stop. */
  readonly signal: AbortSignal;
}

/**
 * Brings a cluster up and returns when both nodes are Ready and DNS answers.
 * @throws with the last lines of the log that matters; what was made until then is still there
 */
export async function bringUp(layout: Layout, programs: Programs, { audit, report, signal }: UpOptions): Promise<void> {
  await createFolders(layout, programs);
  await commands(networkCommands(layout));
  const certificates = await createCertificates(layout);
  report('network and certificates are made');
  signal.throwIfAborted();

  const start = (spec: ServiceSpec) => launch(join(layout.folder, 'services'), spec);
  const until = (what: string, needs: readonly ServiceRecord[], every: number, ready: () => Promise<boolean>) =>
    waitFor({ what, needs, within: readyWithin, every, signal }, ready);
  const services = await controlPlaneServices(layout, programs, certificates, audit);
  const etcd = await start(services.etcd);
  const apiServer = await start(services.apiServer);
  const registry = await start(services.registry);
  const nodes = await Promise.all(
    layout.nodes.map(async (node) => {
      const kubeconfigs = certificates.nodes.get(node.name);
      if (!kubeconfigs) throw new Error(`node ${node.name} has no certificates`);
      await createNode(node, certificates.pki, kubeconfigs, { kubelet: programs.kubelet, 'kube-proxy': programs['kube-proxy'] });
      const specs = nodeServices(layout, node);
      return { specs, containerd: await start(specs.containerd) };
    }),
  );
  await until('the API server', [apiServer, etcd], 250, () => apiServerAnswers(layout));
  report('API server answers');

  const controllers = [await start(services.controllerManager), await start(services.scheduler)];
  await until('the first objects to be created', [apiServer, etcd], 500, () => applied(layout));
  const dns = await start(services.dns);
  const kubelets = await Promise.all(nodes.map(({ specs }) => start(specs.kubelet)));
  const proxies = await Promise.all(nodes.map(({ specs }) => start(specs.proxy)));
  const names = layout.nodes.map(({ name }) => name).join(',');
  const containers = nodes.map(({ containerd }) => containerd);
  await until('both nodes to be Ready', [...kubelets, ...containers, apiServer, etcd], 400, async () => {
    return (await readyNodes(layout)).toSorted().join(',') === names;
  });
  report(`nodes ${names} are Ready`);
  await until('DNS to answer on every node', [dns, ...proxies, ...controllers, registry], 250, () => dnsAnswers(layout));
  mark(layout, true);
  report('DNS answers');
}

async function createFolders(layout: Layout, programs: Programs): Promise<void> {
  await mkdir(stateRoot, { recursive: true });
  // Fails where another process is faster with the same name.
  await mkdir(layout.folder);
  mark(layout, false);
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
