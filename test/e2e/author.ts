import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ended, type Ended } from './command.ts';
import type { RealCluster } from './real-cluster.ts';
import type { Space } from './space.ts';

interface KubeConfig {
  clusters: { name: string; cluster: object }[];
}

/** Somebody who may create Benchmarks and BenchmarkSets in some namespaces, and nothing else: a service account with a token. */
export class Author {
  readonly #folder: string;
  readonly #account: string;

  private constructor(folder: string, account: string) {
    this.#folder = folder;
    this.#account = account;
  }

  /** @param home namespace of the account */
  static async create(cluster: RealCluster, home: Space): Promise<Author> {
    await home.kubectl(['create', 'serviceaccount', 'author']);
    const token = (await home.kubectl(['create', 'token', 'author', '--duration', '2h'])).trim();
    const config = JSON.parse(await cluster.kubectl(['config', 'view', '--raw', '--minify', '--output', 'json'])) as KubeConfig;
    const [found] = config.clusters;
    const own = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'cluster', cluster: found?.cluster }],
      users: [{ name: 'author', user: { token } }],
      contexts: [{ name: 'author', context: { cluster: 'cluster', user: 'author' } }],
      'current-context': 'author',
    };
    const folder = await mkdtemp(join(tmpdir(), 'assay-author-'));
    await writeFile(join(folder, 'kubeconfig'), JSON.stringify(own), { mode: 0o600 });
    return new Author(folder, `${home.name}:author`);
  }

  async mayCreateIn(space: Space): Promise<void> {
    await space.kubectl(['create', 'role', 'author', '--verb=create', '--resource=benchmarks.assay.dev,benchmarksets.assay.dev']);
    await space.kubectl(['create', 'rolebinding', 'author', '--role=author', `--serviceaccount=${this.#account}`]);
  }

  /** kubectl as this user in a namespace. */
  async kubectl(space: Space, args: readonly string[], input = ''): Promise<Ended> {
    return await ended('kubectl', ['--kubeconfig', join(this.#folder, 'kubeconfig'), '--namespace', space.name, ...args], { input });
  }

  /** Creates objects in one go; those that are refused do not keep the others from being made. */
  async create(space: Space, objects: readonly object[], ...flags: string[]): Promise<Ended> {
    const list = { apiVersion: 'v1', kind: 'List', items: objects };
    return await this.kubectl(space, ['create', '--filename', '-', ...flags], JSON.stringify(list));
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true });
  }
}
