import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { KubeClient } from '../../operator/kube/client.ts';
import { isNotFound } from '../../operator/kube/errors.ts';
import { pods } from '../../operator/kube/object.ts';
import { MemoryApi } from '../api/memory-api.ts';
import { ProcessKubelet } from './kubelet.ts';
import type { KubeletOptions } from './kubelet.ts';
import type { Container, Pod, PodSpec, Terminated } from './pod.ts';

// Builders for the tests of the kubelet; each names only what a case is about.

export function container(changes: Partial<Container> = {}): Container {
  return { name: 'main', image: 'any:1', command: ['true'], ...changes };
}

/** A container that runs a line of shell, whose dollar signs are not the kubelet's to fill in. */
export function sh(script: string, changes: Partial<Container> = {}): Container {
  return container({ command: ['sh', '-c', script.replaceAll('$', () => '$$')], ...changes });
}

export function pod(name = 'one', spec: Partial<PodSpec> = {}, metadata: Partial<Pod['metadata']> = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', ...metadata },
    spec: { terminationGracePeriodSeconds: 5, containers: [container()], ...spec },
  };
}

/** A folder of the test's own. */
export async function folder(): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'kubelet-test-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Waits until `look` gives something. @throws Error after ten seconds */
export async function until<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const end = Date.now() + 10_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error('waited 10 s in vain');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A cluster of one kubelet over an in-memory API. */
export async function cluster(options: Partial<KubeletOptions> = {}) {
  const own = await folder();
  const logs: { of?: ProcessKubelet } = {};
  const api = new MemoryApi({ logs: (object, window) => logs.of?.log(object, window) ?? '' });
  const client = new KubeClient(api);
  const kubelet = new ProcessKubelet({ client, root: own.path, ...options });
  logs.of = kubelet;
  await kubelet.start();

  const get = async (name = 'one'): Promise<Pod | undefined> => {
    try {
      return await client.get<Pod>(pods, { namespace: 'default', name });
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  };
  const inPhase = (phase: string, name = 'one') =>
    until(async () => {
      const found = await get(name);
      return found?.status?.phase === phase ? found : undefined;
    });

  return {
    api,
    client,
    kubelet,
    /** The kubelet's own folder is the only one in here. */
    root: own.path,
    get,
    inPhase,
    create: (given: Pod) => client.create(pods, given),
    /** Creates the pod and waits for its end. */
    run: async (given: Pod): Promise<{ pod: Pod; ending: Terminated }> => {
      await client.create(pods, given);
      const ended = await until(async () => {
        const found = await get(given.metadata.name);
        return /Succeeded|Failed/.test(found?.status?.phase ?? '') ? found : undefined;
      });
      return { pod: ended, ending: endingOf(ended) };
    },
    remove: (name = 'one', gracePeriodSeconds?: number) =>
      client.delete(pods, { namespace: 'default', name }, gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
    gone: (name = 'one') => until(async () => ((await get(name)) ? undefined : true)),
    log: (name = 'one') => client.log({ namespace: 'default', name }, { container: 'main' }),
    [Symbol.asyncDispose]: async () => {
      await kubelet.stop();
      await api.close();
      await own[Symbol.asyncDispose]();
    },
  };
}

/** How the first container of a pod ended. */
export function endingOf({ status }: Pod): Terminated {
  const [first] = status?.containerStatuses ?? [];
  if (!first?.state.terminated) throw new Error(`the container has not ended: ${JSON.stringify(status)}`);
  return first.state.terminated;
}

/** Whether a process exists that is no zombie. */
export async function isAlive(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => 'State:\tX');
  return !/^State:\t[XZ]/m.test(status);
}

/** Names in a folder; none when there is no folder. */
export async function namesIn(path: string): Promise<string[]> {
  return await readdir(path).catch(() => []);
}
