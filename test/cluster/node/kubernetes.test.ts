import { expect, test } from '@jest/globals';
import { layout } from '../layout.ts';
import type { NodeLayout } from '../layout.ts';
import { kubeletArguments, kubeletConfiguration, podNetworkConfiguration, proxyConfiguration } from './kubernetes.ts';

const [, node] = layout('assay').nodes as [NodeLayout, NodeLayout];

test('a kubelet serves on its node’s address and asks the API server who may', () => {
  expect(kubeletConfiguration(node)).toMatchObject({
    address: '10.200.0.12',
    authentication: { anonymous: { enabled: false }, webhook: { enabled: true }, x509: { clientCAFile: '/var/node/ca.crt' } },
    authorization: { mode: 'Webhook' },
  });
});

test('pods are in their node’s cgroup', () => {
  expect(kubeletConfiguration(node)).toMatchObject({ cgroupDriver: 'cgroupfs', cgroupRoot: '/assay-cluster-assay-n2' });
});

test('pods ask the cluster’s name server only', () => {
  expect(kubeletConfiguration(node)).toMatchObject({ clusterDNS: ['10.96.0.10'], clusterDomain: 'cluster.local', resolvConf: '' });
});

test('how full the machine’s disk is evicts nobody', () => {
  const { evictionHard, imageGCHighThresholdPercent } = kubeletConfiguration(node);
  expect(evictionHard).toEqual({ 'memory.available': '100Mi' });
  expect(imageGCHighThresholdPercent).toBe(100);
});

test('a kubelet registers its node with both addresses, IPv4 first', () => {
  expect(kubeletArguments(node)).toEqual([
    '--config=/var/node/kubelet.yaml',
    '--kubeconfig=/var/node/kubelet.kubeconfig',
    '--hostname-override=n2',
    '--node-ip=10.200.0.12,fd00:200::12',
    '--root-dir=/var/lib/kubelet',
  ]);
});

test('a proxy knows its node and the pods’ ranges, and leaves the machine’s limits alone', () => {
  expect(proxyConfiguration(node)).toMatchObject({
    mode: 'nftables',
    hostnameOverride: 'n2',
    clusterCIDR: '10.201.0.0/16,fd00:201::/32',
    conntrack: { maxPerCore: 0, min: 0 },
  });
});

test('pods get an address of each family from their node’s ranges, and host ports', () => {
  const [cable, ports] = podNetworkConfiguration(node).plugins;
  expect(cable).toMatchObject({
    type: 'ptp',
    mtu: 1500,
    ipam: { type: 'host-local', ranges: [[{ subnet: '10.201.2.0/24' }], [{ subnet: 'fd00:201:2::/64' }]] },
  });
  expect(ports).toEqual({ type: 'portmap', capabilities: { portMappings: true } });
});
