import { expect, test } from '@jest/globals';
import { layout } from '../layout.ts';
import type { NodeLayout } from '../layout.ts';
import { attachmentConfigurations } from './attachments.ts';
import { podNetworkConfiguration } from './kubernetes.ts';
import { pluginFiles, pluginPrograms } from './plugins.ts';

const [node] = layout('assay').nodes as [NodeLayout];

test('a node has every plugin that its networks name, and loopback, which containerd always calls', () => {
  const networks = [podNetworkConfiguration(node), ...attachmentConfigurations(node)];
  const named = [...JSON.stringify(networks).matchAll(/"type":"([^"]+)"/g)].map(([, type]) => type);
  const there = [...Object.keys(pluginPrograms), ...Object.keys(pluginFiles).map((path) => path.replace('/var/bin/', ''))];
  expect(new Set(there)).toEqual(new Set([...named, 'loopback']));
});

test('those that would look for a duplicate of an address are the packaged ones, told not to', () => {
  expect(pluginFiles['/var/bin/ptp']).toContain('accept_dad=0 || exit\nexec /usr/lib/cni/ptp\n');
});
