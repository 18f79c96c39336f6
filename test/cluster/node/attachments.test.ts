import { expect, test } from '@jest/globals';
import { layout } from '../layout.ts';
import { attachmentConfigurations, attachments } from './attachments.ts';

const nodes = layout('assay').nodes.map(attachmentConfigurations);

test('every node knows every network by its name', () => {
  for (const configurations of nodes) expect(configurations.map(({ name }) => name)).toEqual([...attachments]);
});

test('a network has one subnet a family, and its nodes give out different addresses of it', () => {
  const ranges = nodes.map((configurations) => configurations.map(({ plugins }) => plugins.map(({ ipam }) => ipam.ranges.flat())));
  const [first, second] = ranges.map((all) => all.flat(2));
  expect(first?.map(({ subnet }) => subnet)).toEqual(['10.202.0.0/16', 'fd00:202::/32', '10.203.0.0/16', 'fd00:203::/32']);
  expect(second?.map(({ subnet }) => subnet)).toEqual(first?.map(({ subnet }) => subnet));
  expect(first?.map(({ rangeStart }) => rangeStart)).toEqual(['10.202.1.1', 'fd00:202:1::1', '10.203.1.1', 'fd00:203:1::1']);
  expect(second?.map(({ rangeStart }) => rangeStart)).toEqual(['10.202.2.1', 'fd00:202:2::1', '10.203.2.1', 'fd00:203:2::1']);
});

test('one network goes over the first cable of a node, the other over the second with jumbo frames', () => {
  const [macvlan, bridge] = (nodes[0] ?? []).flatMap(({ plugins }) => plugins);
  expect(macvlan).toMatchObject({ type: 'macvlan', master: 'eth0', mtu: 1500 });
  expect(bridge).toMatchObject({ type: 'bridge', bridge: 'br1', mtu: 9000 });
});
