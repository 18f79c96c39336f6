import type { Benchmark, BenchmarkPhase, BenchmarkSet, BenchmarkSetPhase } from '../../operator/api/types.ts';
import { messageOf } from '../../operator/kube/errors.ts';
import { TestNamespace } from '../integration/namespace.ts';
import type { RealCluster } from './real-cluster.ts';
import { operatorUser, releaseNamespace } from './release.ts';

/** One suite's namespace. A wait that ends badly tells how everything in it stands. */
export class Space extends TestNamespace {
  readonly #cluster: RealCluster;

  constructor(cluster: RealCluster, name: string) {
    super(
      {
        client: cluster.client,
        controlPlane: { kubectl: 'kubectl', kubeconfig: cluster.machine.kubeconfig },
        operatorRequests: async (namespace) =>
          (await cluster.requests()).filter((request) => request.user === operatorUser && request.namespace === namespace),
      },
      name,
    );
    this.#cluster = cluster;
  }

  override async untilPhase(name: string, phase: BenchmarkPhase, limit?: number): Promise<Benchmark> {
    return await this.#explained(super.untilPhase(name, phase, limit));
  }

  override async untilSetPhase(name: string, phase: BenchmarkSetPhase, limit?: number): Promise<BenchmarkSet> {
    return await this.#explained(super.untilSetPhase(name, phase, limit));
  }

  override async untilNoPods(limit?: number): Promise<void> {
    await this.#explained(super.untilNoPods(limit));
  }

  /** As a user waits: `kubectl wait`. @param what kinds and names, or `--all` @param condition such as `condition=Complete` @param limit s */
  async wait(what: readonly string[], condition: string, limit: number): Promise<void> {
    await this.#explained(this.kubectl(['wait', ...what, `--for=${condition}`, `--timeout=${limit}s`]));
  }

  /** What to look at when something is not as it should be: benchmarks with their conditions, pods, events, the operator's log. */
  async evidence(): Promise<string> {
    const columns = 'NAME:.metadata.name,PHASE:.status.phase,CONDITIONS:.status.conditions[?(@.status=="True")].message';
    const looks = [
      ['get', 'bm,bms', '--output', `custom-columns=${columns}`],
      ['get', 'pods,pvc', '--output', 'wide'],
      [
        'get',
        'events',
        '--sort-by',
        '.lastTimestamp',
        '--output',
        'custom-columns=TIME:.lastTimestamp,OF:.involvedObject.name,WHAT:.message',
      ],
      ['logs', '--namespace', releaseNamespace, '--selector', 'app.kubernetes.io/component=operator', '--prefix', '--tail', '40'],
    ];
    const texts = looks.map(async (words) => {
      const { stdout, stderr } = await this.#cluster.tryKubectl(['--namespace', this.name, ...words]);
      return `$ kubectl ${words.slice(0, 2).join(' ')}\n${stdout}${stderr}`;
    });
    return (await Promise.all(texts)).join('\n');
  }

  async #explained<T>(wait: Promise<T>): Promise<T> {
    try {
      return await wait;
    } catch (error) {
      throw new Error(`${messageOf(error)}\n${await this.evidence()}`, { cause: error });
    }
  }
}
