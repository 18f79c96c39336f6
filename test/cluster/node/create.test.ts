import { expect, test } from '@jest/globals';
import { layout } from '../layout.ts';
import type { NodeLayout } from '../layout.ts';
import { enterNode, nodeServices } from './create.ts';

const cluster = layout('b');
const [node] = cluster.nodes as [NodeLayout];
const services = nodeServices(cluster, node);

test('a command on a node is in all of its namespaces', () => {
  expect(enterNode(node)).toEqual([
    'nsenter',
    '--net=/run/netns/b-n1',
    '--mount=/run/assay-cluster/b/namespaces/n1.mnt',
    '--uts=/run/assay-cluster/b/namespaces/n1.uts',
  ]);
});

test.each([
  ['containerd', services.containerd, 'containerd', '--config=/var/node/containerd.toml'],
  ['kubelet', services.kubelet, '/var/bin/kubelet', '--config=/var/node/kubelet.yaml'],
  ['kube-proxy', services.proxy, '/var/bin/kube-proxy', '--config=/var/node/proxy.yaml'],
])('%s runs on its node, in its cgroup, with a log of its own', (name, service, program, configuration) => {
  expect(service).toMatchObject({
    name: `n1-${name}`,
    log: `/run/assay-cluster/b/logs/n1-${name}.log`,
    cgroup: 'assay-cluster-b-n1',
  });
  expect(service.argv.slice(0, 6)).toEqual([...enterNode(node), program, configuration]);
});
