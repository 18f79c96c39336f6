import { expect, test } from '@jest/globals';
import { layout } from '../layout.ts';
import type { NodeLayout } from '../layout.ts';
import { multusFiles } from './multus.ts';

const [node] = layout('assay').nodes as [NodeLayout];
const files = multusFiles(node);
const paths = Object.keys(files);

test('Multus is the first network in the folder that containerd reads', () => {
  expect([...paths, '/var/node/cni/10-pods.conflist'].filter((path) => path.startsWith('/var/node/cni/')).toSorted()[0]).toBe(
    '/var/node/cni/00-multus.conflist',
  );
});

test('it gives every pod the network that pods have without it, host ports included', () => {
  expect(JSON.parse(files['/var/node/cni/00-multus.conflist'] ?? '')).toMatchObject({
    plugins: [
      {
        type: 'multus',
        kubeconfig: '/var/node/multus.kubeconfig',
        clusterNetwork: '/var/node/cni/10-pods.conflist',
        binDir: '/var/bin',
        capabilities: { portMappings: true },
      },
    ],
  });
});

test('the networks that pods ask for lie where it looks, and where containerd does not', () => {
  expect(paths.slice(1)).toEqual(['/var/node/networks/macvlan.conflist', '/var/node/networks/bridge.conflist']);
  expect(files['/var/node/cni/00-multus.conflist']).toContain('"confDir":"/var/node/networks"');
});
