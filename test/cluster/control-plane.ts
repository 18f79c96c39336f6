// A real API server for tests: etcd and kube-apiserver as processes of this machine, no nodes, no containers.
//   node test/cluster/control-plane.ts [--audit] [--controllers]      starts one and runs until Ctrl-C
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import type { AddOnService, Place } from './add-ons/add-on.ts';
import { auditPolicy } from './audit.ts';
import { program } from './build.ts';
import { apiServerFlags, auditFlags, controllerManagerFlags, etcdFlags, schedulerFlags } from './flags.ts';
import { createPki } from './pki.ts';
import type { Client, Pki } from './pki.ts';
import { freePort } from './ports.ts';
import { processGroup } from './process-group.ts';
import type { ProcessGroup } from './process-group.ts';
import { answering } from './ready.ts';
import type { Asker } from './ready.ts';

// A start takes 3 to 10 s; the rest is for a machine that is busy with other things.
const readyWithin = 90_000;

/** A running control plane. Its own client is an administrator (group system:masters). */
export interface ControlPlane extends Client {
  /** URL of the API server. */
  readonly server: string;
  /** Path of the PEM certificate to trust. */
  readonly certificateAuthority: string;
  /** Path of a kubectl of the same release. */
  readonly kubectl: string;
  /** Path of the audit log, if one was asked for; `parseAudit` reads it. */
  readonly auditLog?: string;
  /** A user with a fresh client certificate and no rights but those that RBAC gives it. */
  user(name: string, groups?: readonly string[]): Promise<Client>;
  /**
   * Starts the controllers that remove dependents of deleted owners and content of deleted namespaces. The garbage
   * collector learns of new kinds at its start and then every 30 s, and may take a minute for the first of one: install
   * CRDs before.
   */
  startControllers(): Promise<void>;
  /** Starts the scheduler, which gives pods to the nodes that somebody registers. */
  startScheduler(): Promise<void>;
  /** Starts kwok, which acts as the kubelet of fake nodes. @param configuration a text with its options and stages, as `kwok --config` reads it */
  startKwok(configuration: string): Promise<void>;
  /** Starts programs of an add-on as an administrator of this name. What they need in the API is the caller's business. */
  startServices(user: string, services: (place: Place) => readonly AddOnService[]): Promise<void>;
  /** Ends every process and removes every file of it. */
  stop(): Promise<void>;
}

export interface ControlPlaneOptions {
  /** Keep an audit log: one event a request, two a watch, to count what a client sends. */
  readonly audit?: boolean;
}

/**
 * Starts etcd and kube-apiserver on free ports of 127.0.0.1 and returns when the API answers.
 * @throws with the last lines of their logs, if they do not become ready within 90 s; nothing is left running then
 */
export async function startControlPlane({ audit = false }: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const paths = { etcd: await program('etcd'), apiServer: await program('kube-apiserver'), kubectl: await program('kubectl') };
  const folder = await mkdtemp(join(tmpdir(), 'assay-control-plane-'));
  const group = processGroup(folder);
  const remove = async () => {
    await group.kill();
    await rm(folder, { recursive: true, force: true });
  };
  let controllers: Promise<void> | undefined;
  let removed: Promise<void> | undefined;
  try {
    const port = await freePort();
    const server = `https://127.0.0.1:${port}`;
    const pki = await createPki(join(folder, 'pki'), server);
    const admin = await pki.client('admin', ['system:masters']);
    const auditLog = audit ? join(folder, 'audit.log') : undefined;
    const etcd = await startEtcd(group, paths.etcd, join(folder, 'etcd'));
    await group.start('kube-apiserver', paths.apiServer, [
      ...apiServerFlags({ port, etcd, ...pki }),
      ...(auditLog === undefined ? [] : await auditing(folder, auditLog)),
    ]);
    const asker = { certificateAuthority: pki.certificateAuthority, ...admin };
    // The API server makes its first namespaces a moment after it calls itself ready.
    await group.waitUntil(await answering(server, ['/readyz', '/api/v1/namespaces/default'], asker), readyWithin);
    return {
      ...asker,
      server,
      kubectl: paths.kubectl,
      ...(auditLog !== undefined && { auditLog }),
      user: (name, groups) => pki.client(name, groups),
      startControllers: () => (controllers ??= startControllerManager(group, pki, asker)),
      startScheduler: () => startScheduler(group, pki, asker),
      startServices: (user, services) => startServices(group, pki, join(folder, user), services),
      startKwok: (configuration) => startKwok(group, pki, folder, configuration),
      stop: () => (removed ??= remove()),
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** @returns the URL for clients of etcd */
async function startEtcd(group: ProcessGroup, path: string, folder: string): Promise<string> {
  const client = `http://127.0.0.1:${await freePort()}`;
  await group.start('etcd', path, etcdFlags({ folder, client, peer: `http://127.0.0.1:${await freePort()}` }));
  return client;
}

async function auditing(folder: string, log: string): Promise<string[]> {
  const policy = join(folder, 'audit-policy.yaml');
  await writeFile(policy, stringify(auditPolicy));
  return auditFlags({ policy, log });
}

async function startControllerManager(group: ProcessGroup, pki: Pki, asker: Asker): Promise<void> {
  const controllerManager = await program('kube-controller-manager');
  const port = await freePort();
  const { kubeconfig } = await pki.client('system:kube-controller-manager', ['system:masters']);
  await group.start('kube-controller-manager', controllerManager, controllerManagerFlags({ port, kubeconfig, ...pki }));
  await group.waitUntil(await answering(`https://127.0.0.1:${port}`, ['/healthz'], asker), readyWithin);
}

async function startScheduler(group: ProcessGroup, pki: Pki, asker: Asker): Promise<void> {
  const scheduler = await program('kube-scheduler');
  const port = await freePort();
  const { kubeconfig } = await pki.client('system:kube-scheduler', ['system:masters']);
  await group.start('kube-scheduler', scheduler, schedulerFlags({ port, kubeconfig, ...pki }));
  await group.waitUntil(await answering(`https://127.0.0.1:${port}`, ['/healthz'], asker), readyWithin);
}

/** It is ready when its nodes are, which whoever registers them sees. */
async function startKwok(group: ProcessGroup, pki: Pki, folder: string, configuration: string): Promise<void> {
  const kwok = await program('kwok');
  const file = join(folder, 'kwok.yaml');
  await writeFile(file, configuration);
  const { kubeconfig } = await pki.client('kwok', ['system:masters']);
  await group.start('kwok', kwok, [`--config=${file}`, `--kubeconfig=${kubeconfig}`]);
}

async function startServices(
  group: ProcessGroup,
  pki: Pki,
  folder: string,
  services: (place: Place) => readonly AddOnService[],
): Promise<void> {
  await mkdir(folder);
  const { kubeconfig } = await pki.client(basename(folder), ['system:masters']);
  for (const { program: name, args, environment = {} } of services({ folder, kubeconfig })) {
    const variables = Object.entries(environment).map(([variable, value]) => `${variable}=${value}`);
    await group.start(name, 'env', [...variables, await program(name), ...args]);
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { audit: { type: 'boolean' }, controllers: { type: 'boolean' } } });
  // Listened for before the start: a signal meanwhile ends what was started, too.
  const signal = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  const controlPlane = await startControlPlane({ audit: values.audit === true });
  try {
    if (values.controllers) await controlPlane.startControllers();
    console.log(`export KUBECONFIG=${controlPlane.kubeconfig}`);
    console.error(`kubectl: ${controlPlane.kubectl}`);
    if (controlPlane.auditLog !== undefined) console.error(`audit log: ${controlPlane.auditLog}`);
    console.error('Runs until Ctrl-C.');
    await signal;
  } finally {
    await controlPlane.stop();
  }
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
