import { place } from '../../local/kubelet/schedule.ts';
import type { Pod as LocalPod } from '../../local/kubelet/pod.ts';
import { terminationMessage } from '../../measure/frame.ts';
import type { ResultRecord } from '../../measure/record.ts';
import { frameKey } from '../../operator/backends/assignment.ts';
import { labels } from '../../operator/backends/labels.ts';
import type { Pod, PodStatus } from '../../operator/backends/pod.ts';
import { hasEnded } from '../../operator/backends/pod.ts';
import { Cache } from '../../operator/kube/cache.ts';
import type { KubeClient } from '../../operator/kube/client.ts';
import { isConflict, isNotFound } from '../../operator/kube/errors.ts';
import type { FakeClock } from '../../operator/kube/fake-clock.ts';
import { pods } from '../../operator/kube/object.ts';
import { Reflector } from '../../operator/kube/reflector.ts';

/** What becomes of a pod once it has a node: its statuses, each so many ms after that. */
export type Script = (pod: Pod) => { after: number; status: PodStatus }[];

/** Scheduler and kubelet of tests: nodes by the pods' own rules, statuses by a script. Ends what is deleted after 100 ms. */
export class ScriptedKubelet {
  readonly #client: KubeClient;
  readonly #clock: FakeClock;
  readonly #script: Script;
  readonly #nodes: string[];
  readonly #cache = new Cache<Pod>();
  readonly #reflector: Reflector<Pod>;
  readonly #begun = new Set<string>();
  #scheduling: Promise<void> = Promise.resolve();

  constructor(client: KubeClient, clock: FakeClock, script: Script, nodes: string[]) {
    this.#client = client;
    this.#clock = clock;
    this.#script = script;
    this.#nodes = nodes;
    this.#reflector = new Reflector({ client, resource: pods, cache: this.#cache, clock });
    this.#cache.onChange(({ type, object }) => {
      if (type !== 'Deleted') this.#tend(object);
      this.#scheduling = this.#scheduling.then(() => this.#scheduleAll());
    });
  }

  async start(): Promise<void> {
    this.#reflector.start();
    await this.#reflector.synced;
  }

  async stop(): Promise<void> {
    await this.#reflector.stop();
    await this.#scheduling;
  }

  #tend(pod: Pod): void {
    const { uid = '', deletionTimestamp } = pod.metadata;
    if (deletionTimestamp !== undefined) {
      this.#later(100, () => this.#client.delete(pods, pod.metadata, { uid, gracePeriodSeconds: 0 }));
    } else if (pod.spec.nodeName !== undefined && !this.#begun.has(uid)) {
      this.#begun.add(uid);
      for (const { after, status } of this.#script(pod)) {
        this.#later(after, () =>
          this.#client.patch(pods, pod.metadata, { metadata: { uid }, status }, { type: 'merge', subresource: 'status' }),
        );
      }
    }
  }

  async #scheduleAll(): Promise<void> {
    for (const pod of this.#cache.list()) {
      if (pod.spec.nodeName === undefined && pod.metadata.deletionTimestamp === undefined) await this.#quietly(this.#schedule(pod));
    }
  }

  async #schedule(pod: Pod): Promise<void> {
    const candidates = this.#nodes.map((name) => ({ name, labels: { 'kubernetes.io/hostname': name } }));
    const taken = this.#cache.list().filter((other) => !hasEnded(other));
    const placed = taken.flatMap((other) => (other.spec.nodeName === undefined ? [] : [{ pod: local(other), node: other.spec.nodeName }]));
    const placement = place(local(pod), candidates, placed);
    const { metadata } = pod;
    if ('node' in placement) {
      const target = { kind: 'Node', name: placement.node };
      await this.#client.createUnder(pods, metadata, 'binding', {
        apiVersion: 'v1',
        kind: 'Binding',
        metadata: { name: metadata.name },
        target,
      });
      this.#cache.observe(await this.#client.get<Pod>(pods, metadata));
    } else if (pod.status?.conditions?.[0]?.message !== placement.message) {
      const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: placement.message }];
      await this.#client.patch(pods, metadata, { status: { conditions } }, { type: 'merge', subresource: 'status' });
    }
  }

  #later(after: number, work: () => Promise<unknown>): void {
    this.#clock.after(after, () => void this.#quietly(work()));
  }

  /** A pod may go at any time. */
  async #quietly(work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (!isNotFound(error) && !isConflict(error)) throw error;
    }
  }
}

/** The scheduler of local mode knows the same pods by a type of its own. */
function local(pod: Pod): LocalPod {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return pod as unknown as LocalPod;
}

const startedAt = '2026-01-01T00:00:01Z';
const running: PodStatus = {
  phase: 'Running',
  podIP: '10.0.0.1',
  containerStatuses: [{ name: 'runner', state: { running: { startedAt } } }],
};

/** Runs after 100 ms; what it says when it ends, and when, is the test's. @param end undefined for a server, which does not end by itself */
export function runs(end: (pod: Pod) => PodStatus | undefined = succeeds(), time = 2000): Script {
  return (pod) => {
    const status = end(pod);
    return [{ after: 100, status: running }, ...(status ? [{ after: time, status }] : [])];
  };
}

/** A server that serves until it is ended, at 10.0.0.1, and a client that ends after 3 s. */
export function pairs(end: (pod: Pod) => PodStatus | undefined = succeeds()): Script {
  return (pod) => {
    if (pod.metadata.labels?.[labels.role] === 'server') return [{ after: 100, status: running }];
    const status = end(pod);
    return [{ after: 100, status: { ...running, podIP: '10.0.0.2' } }, ...(status ? [{ after: 3000, status }] : [])];
  };
}

/** Ends with a verified record of success; `more` changes it. */
export function succeeds(more: Partial<ResultRecord> = {}): (pod: Pod) => PodStatus {
  return (pod) => ended(terminationMessage({ ...recordOf(pod), ...more }, frameKey(pod) ?? ''));
}

/** Ends with a verified record of failure. */
export function fails(reason: NonNullable<ResultRecord['reason']>): (pod: Pod) => PodStatus {
  return (pod) =>
    ended(
      terminationMessage({ ...recordOf(pod), outcome: 'Failed', reason, message: `said ${reason}`, metrics: [] }, frameKey(pod) ?? ''),
      1,
    );
}

/** The status of a pod whose container ended with this termination message. */
export function ended(message: string, exitCode = 0, reason = exitCode === 0 ? 'Completed' : 'Error'): PodStatus {
  const terminated = { exitCode, reason, message, startedAt, finishedAt: '2026-01-01T00:00:02Z' };
  return { phase: exitCode === 0 ? 'Succeeded' : 'Failed', containerStatuses: [{ name: 'runner', state: { terminated } }] };
}

export function recordOf({ metadata }: Pod): ResultRecord {
  return {
    version: 1,
    workload: 'sleep',
    role: metadata.labels?.[labels.role] ?? '',
    index: 0,
    outcome: 'Succeeded',
    window: { startedAt: '2026-01-01T00:00:01.000000Z', finishedAt: '2026-01-01T00:00:02.000000Z' },
    metrics: [{ name: 'measuredTime', value: 1.002, unit: 's', better: 'None' }],
    series: [],
    warnings: [],
    tool: { argv: ['sleep', '1'], exitCode: 0, signal: null },
  };
}
