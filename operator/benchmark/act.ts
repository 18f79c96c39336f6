import type { Benchmark, BenchmarkStatus } from '../api/types.ts';
import type { Backend, PodState } from '../backends/backend.ts';
import { isPod, runner } from '../backends/pod.ts';
import type { Pod } from '../backends/pod.ts';
import { identityOf } from '../backends/pod-identity.ts';
import type { Cache } from '../kube/cache.ts';
import type { DeleteOptions, KubeClient } from '../kube/client.ts';
import type { Clock } from '../kube/clock.ts';
import { ApiError, isConflict, isNotFound, messageOf, NoReplyError } from '../kube/errors.ts';
import type { KubeObject, Resource } from '../kube/object.ts';
import { benchmarks, keyOf, persistentVolumeClaims, pods } from '../kube/object.ts';
import { resultsConfigMaps } from '../results/configmap.ts';
import { benchmarkFiles } from '../results/files.ts';
import { publishResults } from '../results/publish.ts';
import type { Environment } from '../results/summary.ts';
import type { Refusal } from './create.ts';
import { create } from './create.ts';
import { tailOf } from './logs.ts';
import type { Memory } from './memory.ts';
import { remember } from './memory.ts';
import { isOwnedBy } from './ownership.ts';
import type { Action, Observed } from './observed.ts';
import { runOf } from './roles.ts';
import { tellPeers } from './tell.ts';

export interface ActOptions {
  client: KubeClient;
  backend: Backend;
  clock: Clock;
  /** Caches by the plural of their kind: what is written becomes visible at once. */
  caches: Readonly<Record<string, Pick<Cache<KubeObject>, 'get' | 'observe'>>>;
  /** What results say of the surroundings. */
  environment?: Environment;
}

/**
 * Carries out what was decided; no other file of the reconciler writes to the API server. What the server refuses is put into
 * `memory`, for the next decision to take it up.
 * @returns whether something happened that has to be decided about before the status is written
 * @throws ApiError, NoReplyError for faults that pass
 */
export async function act(actions: readonly Action[], seen: Observed, memory: Memory, options: ActOptions): Promise<boolean> {
  let again = false;
  for (const action of actions) {
    switch (action.type) {
      case 'CreateRoles':
        again = (await createRoles(action.roles, seen, memory, options)) || again;
        break;
      case 'TellPeers':
        again = noted(await tellPeers(action, seen, options), memory, options) || again;
        break;
      case 'DeletePod':
        await remove(pods, action, seen, memory, options);
        break;
      case 'DeleteClaim':
        await remove(persistentVolumeClaims, action, seen, memory, options);
        break;
      case 'DeleteHolder':
        // In the foreground: it stays to be seen until its pods are gone.
        await remove(action.resource, action, seen, memory, options, { propagationPolicy: 'Foreground' });
        break;
      case 'ReadLog':
        await readLog(action.pod, seen, memory, options);
        again = true;
        break;
      case 'Publish':
        again = (await publish(action, seen, memory, options)) || again;
        break;
    }
  }
  return again;
}

/** Writes the status. @throws ApiError: isConflict when the benchmark changed meanwhile */
export async function writeStatus(benchmark: Benchmark, status: BenchmarkStatus, { client, caches }: ActOptions): Promise<void> {
  const written = await client.replaceStatus(benchmarks, { ...benchmark, status });
  caches[benchmarks.plural]?.observe(written);
}

async function createRoles(names: readonly string[], seen: Observed, memory: Memory, options: ActOptions): Promise<boolean> {
  const { client, backend, caches } = options;
  const { benchmark, roles } = seen;
  const objects = backend.objects(
    runOf(seen),
    roles.filter(({ name }) => names.includes(name)),
  );
  const missing = objects.filter(({ resource, object }) => {
    const known = caches[resource.plural]?.get(keyOf(object));
    return !known || !isOwnedBy(known, benchmark);
  });
  const outcomes = await Promise.all(
    missing.map(async (creation) => {
      const outcome = await create(client, benchmark, creation);
      if ('created' in outcome) caches[creation.resource.plural]?.observe(outcome.created);
      return outcome;
    }),
  );
  const created = outcomes.flatMap((outcome) => ('created' in outcome ? [outcome.created] : []));
  // Deleted before the reply came, a pod was never in the cache; it may have run all the same, and its attempt is not to have another.
  remember({ pods: created.filter(isPod).map(podIdentity), holders: backend.holders?.(created) ?? [] }, memory);
  const gone = missing.some(({ resource, object }) => caches[resource.plural]?.get(keyOf(object)) === undefined);
  const refusals = outcomes.flatMap((outcome) => ('refusal' in outcome ? [outcome.refusal] : []));
  return noted(refusals.find(({ final }) => final) ?? refusals[0], memory, options) || gone;
}

function podIdentity(pod: Pod): Parameters<typeof remember>[0]['pods'][number] {
  return { name: pod.metadata.name, uid: pod.metadata.uid ?? '', ...identityOf(pod) };
}

/** Keeps a refusal for the next decision. @returns whether there was one */
function noted(refusal: Refusal | undefined, memory: Memory, { clock }: ActOptions): boolean {
  const now = clock.now();
  if (!refusal) {
    delete memory.obstacle;
    return false;
  }
  memory.obstacle = { ...refusal, since: memory.obstacle?.since ?? now, at: now };
  return true;
}

/** By name and UID, so that nothing that took the name since is hit. */
async function remove(
  resource: Resource,
  { name, uid }: { name: string; uid: string },
  { benchmark }: Observed,
  memory: Memory,
  { client }: ActOptions,
  more: DeleteOptions = {},
): Promise<void> {
  const { namespace } = benchmark.metadata;
  try {
    await client.delete(resource, { name, ...(namespace === undefined ? {} : { namespace }) }, { uid, ...more });
  } catch (error) {
    if (!isNotFound(error) && !isConflict(error)) throw error;
  }
  memory.deleted.add(uid);
}

async function readLog(
  pod: PodState,
  { benchmark }: Observed,
  memory: Memory,
  { client, backend, clock, caches }: ActOptions,
): Promise<void> {
  const { namespace = 'default' } = benchmark.metadata;
  const before = memory.logs.get(pod.uid);
  const tries = before?.tries ?? 0;
  const at = clock.now();
  const reading = { tries: tries + 1, at };
  const object = caches[pods.plural]?.get(`${namespace}/${pod.name}`);
  try {
    const log = await client.log({ namespace, name: pod.name }, { container: runner, ...tailOf(pod, tries) });
    const result = object ? backend.resultFromLog(object, log) : { frame: 'Missing' as const };
    if (result.frame === 'Verified') memory.records.set(pod.uid, result.record);
    const message = result.frame === 'Corrupt' ? result.message : '';
    memory.logs.set(
      pod.uid,
      message === ''
        ? reading
        : { ...reading, fault: { reason: 'ResultCorrupt', message: `the result in the log of ${pod.name} is not counted: ${message}` } },
    );
  } catch (error) {
    // Without an API server nothing can be said, least of all that a result is lost.
    if (error instanceof NoReplyError && error.reason === 'Connection') throw error;
    const message = `the log of ${pod.name}, which may hold its result, could not be read: ${messageOf(error)}`;
    const away = isAway(error) ? { tries, awaySince: before?.awaySince ?? at } : {};
    memory.logs.set(pod.uid, { ...reading, ...away, fault: { reason: 'ResultMissing', message } });
  }
}

/** The API server did not get the log from the kubelet, which may be back in a moment. */
function isAway(error: unknown): boolean {
  return error instanceof NoReplyError || (error instanceof ApiError && error.status >= 500);
}

async function publish(
  { name, status, records }: Extract<Action, { type: 'Publish' }>,
  { benchmark }: Observed,
  memory: Memory,
  { client, environment }: ActOptions,
): Promise<boolean> {
  const owner = { ...benchmark, status };
  const refusal = await publishResults(client, owner, resultsConfigMaps(owner, name, benchmarkFiles(owner, records, environment)));
  if (!refusal) return false;
  memory.unpublished = `results not published: ${refusal.message}`;
  return true;
}
