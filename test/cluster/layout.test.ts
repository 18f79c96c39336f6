import { expect, test } from '@jest/globals';
import { layout, networks, onMachine } from './layout.ts';

test.each(['assay', 'a', 'assay-test', 'a1', 'x'.repeat(30)])('%s can name a cluster', (name) => {
  expect(layout(name).name).toBe(name);
});

test.each([
  ['nothing', ''],
  ['too long', 'x'.repeat(31)],
  ['another folder', '../etc'],
  ['a slash', 'a/b'],
  ['an option', '-a'],
  ['a digit first', '1a'],
  ['a dash last', 'a-'],
  ['upper case', 'Assay'],
  ['a space', 'a b'],
  ['a second line', 'a\nb'],
])('no cluster is named %s', (_, name) => {
  expect(() => layout(name)).toThrow('cannot name a cluster: 1 to 30 lower-case letters');
});

test('a cluster has the names that its users know', () => {
  const assay = layout('assay');
  expect(assay.folder).toBe('/run/assay-cluster/assay');
  expect(networks(assay)).toEqual(['assay-cp', 'assay-n1', 'assay-n2']);
  expect(assay.nodes.map(({ name }) => name)).toEqual(['n1', 'n2']);
  expect(assay.nodes.map(({ addresses }) => addresses)).toEqual([
    { IPv4: '10.200.0.11', IPv6: 'fd00:200::11' },
    { IPv4: '10.200.0.12', IPv6: 'fd00:200::12' },
  ]);
  expect(assay.nodes.map(({ podRanges }) => podRanges.IPv4)).toEqual(['10.201.1.0/24', '10.201.2.0/24']);
});

test('two clusters share no name, folder, namespace or cgroup', () => {
  // The worst pair: the name of one begins like the parts of the other.
  const clusters = ['a', 'a-n1', 'a-cp'].map(layout);
  const parts = [
    ...clusters.flatMap(({ folder, data }) => [folder, data]),
    ...clusters.flatMap(networks),
    ...clusters.flatMap(({ nodes }) => nodes.flatMap((node) => [node.cgroup, node.files, node.mountNamespace, node.utsNamespace])),
  ];
  expect(new Set(parts).size).toBe(parts.length);
});

test('two nodes share nothing', () => {
  const [first = {}, second = {}] = layout('assay').nodes;
  const values = new Set(Object.values(first).map((value) => JSON.stringify(value)));
  expect(Object.values(second).filter((value) => values.has(JSON.stringify(value)))).toEqual([]);
});

test('a path of a node lies in its folder on the machine', () => {
  const [node] = layout('assay').nodes;
  expect(node && onMachine(node, '/var/log/pods')).toBe('/var/lib/assay-cluster/assay/n1/log/pods');
});
