import { expect, test } from '@jest/globals';
import { layout } from '../layout.ts';
import { networkCommands, secondNetworkCommands } from './topology.ts';

const lines = networkCommands(layout('assay')).map((argv) => argv.join(' '));
const of = (network: string) =>
  lines.filter((line) => line.startsWith(`ip -n ${network} `)).map((line) => line.slice(`ip -n ${network} `.length));

test('a namespace is made before anything else is done in it', () => {
  for (const name of ['assay-cp', 'assay-n1', 'assay-n2']) {
    expect(lines.findIndex((line) => line.includes(name))).toBe(lines.indexOf(`ip netns add ${name}`));
  }
});

test('all addresses are given once', () => {
  const added = lines.filter((line) => line.includes(' addr add ')).map((line) => line.split(' ')[5]);
  expect(added).toEqual(['10.200.0.1/24', 'fd00:200::1/64', '10.200.0.11/24', 'fd00:200::11/64', '10.200.0.12/24', 'fd00:200::12/64']);
});

test('every namespace forwards both families', () => {
  const settings = lines.filter((line) => line.startsWith('nsenter'));
  expect(settings).toHaveLength(3);
  for (const line of settings) expect(line).toMatch(/ip_forward=1 net\.ipv6\.conf\.all\.forwarding=1/);
});

test('a node reaches the other one’s pods directly and everything else through the bridge', () => {
  expect(of('assay-n1').filter((line) => line.includes('route'))).toEqual([
    'route add default via 10.200.0.1',
    '-6 route add default via fd00:200::1',
    'route add 10.201.2.0/24 via 10.200.0.12',
    '-6 route add fd00:201:2::/64 via fd00:200::12',
  ]);
});

test('the control plane reaches all pods and all Services', () => {
  expect(of('assay-cp').filter((line) => line.includes('route'))).toEqual([
    'route add 10.201.1.0/24 via 10.200.0.11',
    '-6 route add fd00:201:1::/64 via fd00:200::11',
    'route add 10.201.2.0/24 via 10.200.0.12',
    '-6 route add fd00:201:2::/64 via fd00:200::12',
    'route add 10.96.0.0/16 via 10.200.0.11',
    '-6 route add fd00:96::/108 via fd00:200::11',
  ]);
});

test('nothing touches the machine’s own network', () => {
  for (const line of lines) expect(line).toMatch(/^(ip netns add assay-|ip -n assay-|nsenter --net=\/run\/netns\/assay-)/);
});

test('both ends of a cable are in the cluster', () => {
  expect(of('assay-cp').filter((line) => line.includes('type veth'))).toEqual([
    'link add e1 type veth peer name eth0 netns assay-n1',
    'link add e2 type veth peer name eth0 netns assay-n2',
  ]);
});

test('second cables meet in a bridge of their own, at full size everywhere', () => {
  const added = secondNetworkCommands(layout('assay')).map((argv) => argv.join(' '));
  expect(added).toEqual([
    'ip -n assay-cp link add br1 type bridge',
    'ip -n assay-cp link set br1 mtu 9000 up',
    ...[1, 2].flatMap((index) => [
      `ip -n assay-n${index} link add br1 type bridge`,
      `ip -n assay-n${index} link set br1 mtu 9000 up`,
      `ip -n assay-cp link add f${index} type veth peer name eth1 netns assay-n${index}`,
      `ip -n assay-cp link set f${index} mtu 9000 master br1 up`,
      `ip -n assay-n${index} link set eth1 mtu 9000 master br1 up`,
    ]),
  ]);
});
