import type { Problem } from '../../runners/workload.ts';
import type { Benchmark, BenchmarkSet, BenchmarkSetStatus } from '../api/types.ts';
import { validateBenchmarkSet } from '../api/validate-set.ts';
import type { Cache } from '../kube/cache.ts';
import type { KubeClient } from '../kube/client.ts';
import type { Clock, Instant } from '../kube/clock.ts';
import type { Recheck } from '../kube/controller.ts';
import { isNotFound } from '../kube/errors.ts';
import type { Logger } from '../kube/logger.ts';
import { forObject } from '../kube/logger.ts';
import { benchmarkSets, configMaps, keyOf } from '../kube/object.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Recorder } from '../kube/recorder.ts';
import { isResultOf, resultsName, takenMessage } from '../results/configmap.ts';
import type { Environment } from '../results/summary.ts';
import { act } from './act.ts';
import { announce } from './announce.ts';
import { decide } from './decide.ts';
import { namedIn, ownership } from './member.ts';
import { leftOutText } from './node-choice.ts';
import { observe } from './observe.ts';
import type { Observed } from './observe.ts';
import { planOf } from './plan.ts';
import type { Plan } from './plan.ts';
import { changeOf } from './progress.ts';
import { awaitsNodes, type Refusal, resolveNodes } from './resolve-nodes.ts';

export interface BenchmarkSetDeps {
  client: Pick<KubeClient, 'get' | 'list' | 'create' | 'patch' | 'replace' | 'replaceStatus'>;
  sets: Cache<BenchmarkSet>;
  /** Of all Benchmarks. */
  benchmarks: Cache<Benchmark>;
  recorder: Pick<Recorder, 'record'>;
  clock: Clock;
  logger: Logger;
  /** What the results say of the surroundings. */
  environment?: Environment;
  /** Why a set is refused; the whole offline validation unless a test says otherwise. */
  validate?: (set: BenchmarkSet) => Problem[];
}

/** What is remembered of a set between passes; lost without harm. */
interface Memory {
  uid: string | undefined;
  generation: number | undefined;
  plan: Plan;
  problems: Refusal[];
  writtenAt?: Instant;
}

/** Least time between two status writes that only report progress, ms. */
const progressInterval = 1000;
/** A decision meets at most a refused member and a taken ConfigMap. */
const maxDecisions = 3;

/** One pass over one set: look, decide, act, write the status. */
export class BenchmarkSetReconciler {
  readonly #deps: BenchmarkSetDeps;
  readonly #memories = new Map<string, Memory>();

  constructor(deps: BenchmarkSetDeps) {
    this.#deps = deps;
  }

  async reconcile(key: string): Promise<Recheck | undefined> {
    const found = this.#deps.sets.get(key);
    if (!found || found.metadata.deletionTimestamp !== undefined || isSettled(found)) {
      this.#memories.delete(key);
      return undefined;
    }
    const { set, memory } = await this.#planned(key, found);
    const { status, recheckAfter } = await this.#pass(set, memory, await this.#firstLook(set, memory));
    const wait = await this.#write(set, status, memory);
    const delays = [recheckAfter, wait].filter((delay) => delay !== undefined);
    return delays.length > 0 ? { recheckAfter: Math.min(...delays) } : undefined;
  }

  async #pass(
    set: BenchmarkSet,
    { plan, problems }: Memory,
    known: Pick<Observed, 'unpublishable'>,
  ): Promise<{ status: BenchmarkSetStatus; recheckAfter?: number }> {
    const { benchmarks, client, clock, environment = {} } = this.#deps;
    const named = namedIn(benchmarks, set);
    const obstacles = { ...known };
    for (let decisions = 1; ; decisions++) {
      const seen = observe(set, plan, problems, named);
      const decision = decide({ ...seen, ...obstacles }, clock.now());
      const obstacle = await act(decision.actions, { ...set, status: decision.status }, plan, { client, benchmarks, environment });
      if (!obstacle) return decision;
      if (decisions >= maxDecisions)
        throw new Error(`${keyOf(set)}: still refused after ${decisions} decisions: ${JSON.stringify(obstacle)}`);
      Object.assign(obstacles, obstacle);
    }
  }

  /** Runs of a set that was looked at and has not ended. */
  plannedRuns(key: string): number {
    return this.#memories.get(key)?.plan.runs.length ?? 0;
  }

  /** Hours of runs must not end at a name that was taken from the start. */
  async #firstLook(set: BenchmarkSet, { problems }: Memory): Promise<Pick<Observed, 'unpublishable'>> {
    if (set.status?.startedAt !== undefined || problems.length > 0) return {};
    const { namespace, name } = set.metadata;
    try {
      const ref = { name: resultsName(name), ...(namespace !== undefined && { namespace }) };
      const existing = await this.#deps.client.get<KubeObject>(configMaps, ref);
      // One that an earlier set still owns goes with it.
      if (isResultOf(existing, set) || ownership(existing, set) === 'Leftover') return {};
      return { unpublishable: { reason: 'NameConflict', message: takenMessage(existing) } };
    } catch (error) {
      if (isNotFound(error)) return {};
      throw error;
    }
  }

  /** @returns ms after which a held-back status is due */
  async #write(set: BenchmarkSet, status: BenchmarkSetStatus, memory: Memory): Promise<number | undefined> {
    const { clock, client, sets, recorder, logger } = this.#deps;
    const change = changeOf(set.status, status);
    if (change === 'None') return undefined;
    const due = (memory.writtenAt ?? Number.NEGATIVE_INFINITY) + progressInterval - clock.now();
    if (change === 'Progress' && due > 0) return due;
    sets.observe(await client.replaceStatus(benchmarkSets, { ...set, status }));
    memory.writtenAt = clock.now();
    if (change === 'Transition') {
      announce(recorder, set, status);
      forObject(logger, set).info({ phase: status.phase, members: status.members }, 'status changed');
    }
    return undefined;
  }

  /** The set with its nodes, and its plan. Nodes are written down before anything is made of them: a restart must find the same cells. */
  async #planned(key: string, found: BenchmarkSet): Promise<{ set: BenchmarkSet; memory: Memory }> {
    const memory = this.#remembered(key, found);
    if (memory.problems.length > 0 || !awaitsNodes(found)) return { set: found, memory };
    const { client, sets, recorder } = this.#deps;
    const choice = await resolveNodes(client, found);
    if ('message' in choice) {
      memory.problems = [choice];
      return { set: found, memory };
    }
    const { nodes } = choice;
    const set = await client.replaceStatus(benchmarkSets, { ...found, status: { ...found.status, nodes } });
    sets.observe(set);
    recorder.record(set, 'Normal', 'NodesChosen', `${nodes.length} nodes, as status.nodes says${leftOutText(choice)}`);
    this.#memories.delete(key);
    return { set, memory: this.#remembered(key, set) };
  }

  /** Expanded and checked once per version of the specification: both take a second for thousands of cells. */
  #remembered(key: string, set: BenchmarkSet): Memory {
    const { uid, generation } = set.metadata;
    const known = this.#memories.get(key);
    if (known && known.uid === uid && known.generation === generation) return known;
    const plan = planOf(set);
    const { validate = validateBenchmarkSet } = this.#deps;
    // What was accepted once stays so: rules of a newer operator must not end a set that runs.
    const accepted = set.status?.conditions?.some(({ type, status }) => type === 'Accepted' && status === 'True') === true;
    const memory = { uid, generation, plan, problems: accepted ? plan.problems : validate(set) };
    this.#memories.set(key, memory);
    return memory;
  }
}

/** The last word was written, for this version of the specification. */
function isSettled({ metadata, status }: BenchmarkSet): boolean {
  return status?.finishedAt !== undefined && status.observedGeneration === metadata.generation;
}
