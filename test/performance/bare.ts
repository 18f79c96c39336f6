// The bare loop as a process of its own, as the operator is one: runs the first set that appears, and writes when it is through.
//   node test/performance/bare.ts KUBECONFIG IMAGE-TAG
import type { BenchmarkSet } from '../../operator/api/types.ts';
import { podsBackend } from '../../operator/backends/pods.ts';
import { volcanoBackend } from '../../operator/backends/volcano.ts';
import { Cache } from '../../operator/kube/cache.ts';
import { KubeClient } from '../../operator/kube/client.ts';
import { HttpsTransport } from '../../operator/kube/https-transport.ts';
import { loadKubeConfig } from '../../operator/kube/kubeconfig.ts';
import { benchmarkSets } from '../../operator/kube/object.ts';
import { Reflector } from '../../operator/kube/reflector.ts';
import { AtMost } from './at-most.ts';
import { AwaitedPods } from './awaited-pods.ts';
import { BareLoop } from './bare-loop.ts';

/** Creations of members at once, and requests about members at once: the operator's own numbers. */
const atOnce = 16;

const [kubeconfig = '', tag = ''] = process.argv.slice(2);
const transport = new HttpsTransport(await loadKubeConfig({ kubeconfig }));
const [creator, client] = [new KubeClient(new AtMost(transport, atOnce)), new KubeClient(new AtMost(transport, atOnce))];
const awaited = new AwaitedPods(client);
const sets = new Cache<BenchmarkSet>();
const reflector = new Reflector({ client, resource: benchmarkSets, cache: sets });
const first = new Promise<BenchmarkSet>((resolve) => {
  sets.onChange(({ object }) => {
    resolve(object);
  });
});
await awaited.start();
reflector.start();
await reflector.synced;
console.log('watching');
const set = await first;
const backend = set.spec.template.spec.backend === 'Volcano' ? volcanoBackend({ tag }) : podsBackend({ tag });
await new BareLoop({ creator, client, backend, awaited }).run(set);
await client.replaceStatus(benchmarkSets, { ...set, status: { phase: 'Succeeded' } });
