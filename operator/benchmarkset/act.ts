import type { Benchmark, BenchmarkSet } from '../api/types.ts';
import type { Cache } from '../kube/cache.ts';
import type { KubeClient } from '../kube/client.ts';
import { ApiError, isAlreadyExists, isBadRequest, isForbidden, isInvalid, isNotFound, isQuotaExceeded } from '../kube/errors.ts';
import { benchmarks as benchmarkKind } from '../kube/object.ts';
import { resultsConfigMaps, resultsName } from '../results/configmap.ts';
import { reportFiles } from '../results/files.ts';
import { publishResults } from '../results/publish.ts';
import type { Environment } from '../results/summary.ts';
import type { Action } from './decide.ts';
import { namedIn } from './member.ts';
import type { Observed } from './observe.ts';
import { memberOf } from './plan.ts';
import type { Plan, PlannedRun } from './plan.ts';
import { reportOf } from './report.ts';

export interface ActDeps {
  client: Pick<KubeClient, 'get' | 'create' | 'patch' | 'replace'>;
  /** Learns of every own write at once, so that the next pass counts it even if the watch lags. */
  benchmarks: Cache<Benchmark>;
  environment: Environment;
}

/** What stood against an action for good; the decision has to be taken again with it. */
export type Obstacle = Pick<Observed, 'refusal' | 'unpublishable'>;

/** Requests at once. */
const batchSize = 16;

/**
 * Carries out the actions of a decision.
 * @param set with the status that the decision gave it
 * @throws ApiError, NoReplyError: try the pass again later; what was done stays and is found then
 */
export async function act(actions: readonly Action[], set: BenchmarkSet, plan: Plan, deps: ActDeps): Promise<Obstacle | undefined> {
  for (let start = 0; start < actions.length; start += batchSize) {
    const batch = actions.slice(start, start + batchSize);
    const results = await Promise.allSettled(batch.map((action) => perform(action, set, plan, deps)));
    for (const result of results) {
      if (result.status === 'rejected') throw result.reason;
      if (result.value) return result.value;
    }
  }
  return undefined;
}

async function perform(action: Action, set: BenchmarkSet, plan: Plan, deps: ActDeps): Promise<Obstacle | undefined> {
  switch (action.type) {
    case 'Create':
      return await create(action.run, set, plan, deps);
    case 'Suspend':
      return await patch(action.member, set, { suspend: action.suspend }, deps);
    case 'Cancel':
      return await patch(action.member, set, { cancel: true }, deps);
    case 'Publish':
      return await publish(set, plan, deps);
    default:
      throw new Error(`no such action: ${JSON.stringify(action satisfies never)}`);
  }
}

async function create(run: PlannedRun, set: BenchmarkSet, plan: Plan, { client, benchmarks }: ActDeps): Promise<Obstacle | undefined> {
  const member = memberOf(set, plan, run);
  try {
    benchmarks.observe(await client.create(benchmarkKind, member));
  } catch (error) {
    const refusal = refusalOf(error, run.name);
    if (refusal) return { refusal };
    if (!isAlreadyExists(error)) throw error;
    // Made by a pass whose reply was lost, or somebody else's: the next pass sees which.
    await ignoringNotFound(async () => benchmarks.observe(await client.get<Benchmark>(benchmarkKind, member.metadata)));
  }
  return undefined;
}

async function patch(member: string, { metadata }: BenchmarkSet, spec: object, { client, benchmarks }: ActDeps): Promise<undefined> {
  const ref = { name: member, ...(metadata.namespace !== undefined && { namespace: metadata.namespace }) };
  await ignoringNotFound(async () => benchmarks.observe(await client.patch<Benchmark>(benchmarkKind, ref, { spec }, { type: 'merge' })));
}

async function publish(set: BenchmarkSet, plan: Plan, { client, benchmarks, environment }: ActDeps): Promise<Obstacle | undefined> {
  const files = reportFiles(reportOf(set, plan, namedIn(benchmarks, set)), environment);
  const unpublishable = await publishResults(client, set, resultsConfigMaps(set, resultsName(set.metadata.name), files));
  return unpublishable && { unpublishable };
}

/** The refusals that would come again for the same object. */
function refusalOf(error: unknown, name: string): Observed['refusal'] {
  if (!(error instanceof ApiError)) return undefined;
  const message = `the API server refused member ${name}: ${error.message}`;
  if (isQuotaExceeded(error)) return { reason: 'QuotaExceeded', message };
  if (isForbidden(error)) return { reason: 'NotAllowed', message };
  return isInvalid(error) || isBadRequest(error) ? { reason: 'InvalidSpec', message } : undefined;
}

async function ignoringNotFound(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
