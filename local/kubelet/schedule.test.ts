import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';

import { candidate } from './node.ts';
import type { Affinity, Pod, PodAffinityTerm } from './pod.ts';
import { place, podsPerNode } from './schedule.ts';
import type { Placed } from './schedule.ts';
import { pod } from './testing.ts';

const nodes = [candidate('a'), candidate('b')];
const hostname = 'kubernetes.io/hostname';

const zone = { topologyKey: 'topology.kubernetes.io/zone' };

const labelled = (app: string, spec: Partial<Pod['spec']> = {}, metadata = {}) => pod(app, spec, { labels: { app }, ...metadata });
const on = (node: string, one: Pod): Placed => ({ node, pod: one });
const term = (app: string, changes: Partial<PodAffinityTerm> = {}): PodAffinityTerm => ({
  labelSelector: { matchLabels: { app } },
  topologyKey: hostname,
  ...changes,
});
const near = (one: PodAffinityTerm): { affinity: Affinity } => ({
  affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [one] } },
});
const far = (one: PodAffinityTerm): { affinity: Affinity } => ({
  affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [one] } },
});
const toNode = (...nodeSelectorTerms: object[]): { affinity: Affinity } => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
});
const full = (node: string) => Array.from({ length: podsPerNode }, () => on(node, pod()));

describe('place', () => {
  test.each<[string, Pod, Placed[], string]>([
    ['an empty cluster', pod(), [], 'a'],
    ['the node with fewer pods', pod(), [on('a', pod())], 'b'],
    ['ended pods do not count', pod(), [on('a', { ...pod(), status: { phase: 'Succeeded' } })], 'a'],
    ['a node selector', pod('x', { nodeSelector: { [hostname]: 'b' } }), [on('b', pod())], 'b'],
    ['node affinity by label', pod('x', toNode({ matchExpressions: [{ key: hostname, operator: 'In', values: ['b'] }] })), [], 'b'],
    ['node affinity by name', pod('x', toNode({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['b'] }] })), [], 'b'],
    ['the second of two terms', pod('x', toNode({}, { matchExpressions: [{ key: hostname, operator: 'NotIn', values: ['a'] }] })), [], 'b'],
    ['a full node', pod(), full('a'), 'b'],
    ['affinity to a neighbour', labelled('client', near(term('server'))), [on('b', labelled('server'))], 'b'],
    ['affinity of the first of its kind', labelled('server', near(term('server'))), [], 'a'],
    ['anti-affinity to a neighbour', labelled('client', far(term('server'))), [on('a', labelled('server'))], 'b'],
    [
      'anti-affinity of a neighbour',
      labelled('client'),
      [on('a', labelled('lonely', far(term('client')))), on('b', pod()), on('b', pod())],
      'b',
    ],
    [
      'anti-affinity to an ended pod',
      labelled('client', far(term('server'))),
      [on('a', { ...labelled('server'), status: { phase: 'Failed' } })],
      'a',
    ],
    [
      'anti-affinity in another namespace',
      labelled('client', far(term('server'))),
      [on('a', labelled('server', {}, { namespace: 'other' })), on('b', pod())],
      'a',
    ],
    [
      'anti-affinity over named namespaces',
      labelled('client', far(term('server', { namespaces: ['other'] }))),
      [on('a', labelled('server', {}, { namespace: 'other' })), on('b', pod())],
      'b',
    ],
    [
      'anti-affinity over all namespaces',
      labelled('client', far(term('server', { namespaceSelector: {} }))),
      [on('a', labelled('server', {}, { namespace: 'other' })), on('b', pod())],
      'b',
    ],
    ['pods of nodes elsewhere do not count', pod(), [on('elsewhere', pod())], 'a'],
    ['an empty node selector', pod('x', { nodeSelector: {} }), [], 'a'],
    ['the labels of every node', pod('x', { nodeSelector: { 'kubernetes.io/os': 'linux' } }), [on('a', pod())], 'b'],
    ['affinity rather than an empty node', labelled('x', near(term('x'))), [on('b', labelled('x')), on('b', labelled('x'))], 'b'],
    ['affinity of the first of its kind, to the emptier node', labelled('x', near(term('x'))), [on('a', pod())], 'b'],
    ['affinity within the zone, which is all of this machine', labelled('x', near(term('y', zone))), [on('b', labelled('y'))], 'a'],
    [
      'affinity over named namespaces',
      labelled('x', near(term('y', { namespaces: ['other'] }))),
      [on('b', labelled('y', {}, { namespace: 'other' }))],
      'b',
    ],
    [
      'anti-affinity rather than the emptier node',
      labelled('x', far(term('x'))),
      [on('a', labelled('x')), on('b', pod()), on('b', pod())],
      'b',
    ],
    [
      'anti-affinity of a neighbour in another namespace',
      labelled('x'),
      [on('a', labelled('lonely', far(term('x')), { namespace: 'other' })), on('b', pod()), on('b', pod())],
      'a',
    ],
    [
      'anti-affinity of a neighbour that has ended',
      labelled('x'),
      [on('a', { ...labelled('lonely', far(term('x'))), status: { phase: 'Succeeded' } }), on('b', pod())],
      'a',
    ],
    ['the last place of a node', pod(), [...full('a'), ...full('b').slice(1)], 'b'],
  ])('%s', (_, one, placed, node) => {
    expect(place(one, nodes, placed)).toEqual({ node });
  });

  const selector = "node(s) didn't match Pod's node affinity/selector";
  test.each<[string, Pod, Placed[], string]>([
    ['no such node', pod('x', { nodeSelector: { [hostname]: 'c' } }), [], `0/2 nodes are available: 2 ${selector}.`],
    ['an empty term', pod('x', toNode({})), [], `0/2 nodes are available: 2 ${selector}.`],
    ['no term at all', pod('x', toNode()), [], `0/2 nodes are available: 2 ${selector}.`],
    ['a label that no node has', pod('x', { nodeSelector: { gpu: 'yes' } }), [], `0/2 nodes are available: 2 ${selector}.`],
    [
      'a selector and an affinity that contradict',
      pod('x', { nodeSelector: { [hostname]: 'a' }, ...toNode({ matchExpressions: [{ key: hostname, operator: 'In', values: ['b'] }] }) }),
      [],
      `0/2 nodes are available: 2 ${selector}.`,
    ],
    [
      'a label and a name that contradict in one term',
      pod(
        'x',
        toNode({
          matchExpressions: [{ key: hostname, operator: 'In', values: ['a'] }],
          matchFields: [{ key: 'metadata.name', operator: 'In', values: ['b'] }],
        }),
      ),
      [],
      `0/2 nodes are available: 2 ${selector}.`,
    ],
    [
      'those to join have ended',
      labelled('client', near(term('server'))),
      [on('a', { ...labelled('server'), status: { phase: 'Succeeded' } })],
      "0/2 nodes are available: 2 node(s) didn't match pod affinity rules.",
    ],
    [
      'those to join are in another namespace',
      labelled('client', near(term('server'))),
      [on('a', labelled('server', {}, { namespace: 'other' }))],
      "0/2 nodes are available: 2 node(s) didn't match pod affinity rules.",
    ],
    [
      'an affinity that selects nothing',
      labelled('x', near({ topologyKey: hostname })),
      [on('a', labelled('x'))],
      "0/2 nodes are available: 2 node(s) didn't match pod affinity rules.",
    ],
    [
      'a neighbour on each node',
      labelled('x', far(term('x'))),
      [on('a', labelled('x')), on('b', labelled('x'))],
      "0/2 nodes are available: 2 node(s) didn't match pod anti-affinity rules.",
    ],
    [
      'a node for each reason',
      labelled('x', far(term('x'))),
      [on('a', labelled('x')), on('b', labelled('lonely', far(term('x'))))],
      "0/2 nodes are available: 1 node(s) didn't match pod anti-affinity rules, 1 node(s) didn't satisfy existing pods anti-affinity rules.",
    ],
    ['all nodes full', pod(), [...full('a'), ...full('b')], '0/2 nodes are available: 2 Too many pods.'],
    ['nobody to join', labelled('client', near(term('server'))), [], "0/2 nodes are available: 2 node(s) didn't match pod affinity rules."],
    [
      'one node excluded by name, the other by a neighbour',
      labelled('client', { nodeSelector: { [hostname]: 'a' }, ...far(term('server')) }),
      [on('a', labelled('server'))],
      `0/2 nodes are available: 1 ${selector}, 1 node(s) didn't match pod anti-affinity rules.`,
    ],
    [
      'a neighbour that wants the zone for itself',
      labelled('client'),
      [on('a', labelled('lonely', far(term('client', { topologyKey: 'topology.kubernetes.io/zone' }))))],
      "0/2 nodes are available: 2 node(s) didn't satisfy existing pods anti-affinity rules.",
    ],
  ])('says why nothing fits: %s', (_, one, placed, message) => {
    expect(place(one, nodes, placed)).toEqual({ message });
  });

  test('says so without any node', () => {
    expect(place(pod(), [], [])).toEqual({ message: '0/0 nodes are available.' });
  });

  test('pods that want to be apart get as many nodes as there are, and no node twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 8 }), (nodeCount, podCount) => {
        const all = Array.from({ length: nodeCount }, (_, index) => candidate(`n${index}`));
        const placed: Placed[] = [];
        for (let index = 0; index < podCount; index++) {
          const one = labelled('x', far(term('x')));
          const placement = place(one, all, placed);
          if ('node' in placement) placed.push(on(placement.node, one));
        }
        expect(placed).toHaveLength(Math.min(nodeCount, podCount));
        expect(new Set(placed.map(({ node }) => node)).size).toBe(placed.length);
      }),
    );
  });

  test('pods without wishes are spread evenly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 40 }), (nodeCount, podCount) => {
        const all = Array.from({ length: nodeCount }, (_, index) => candidate(`n${index}`));
        const placed: Placed[] = [];
        for (let index = 0; index < podCount; index++) {
          const one = pod(`p${index}`);
          const placement = place(one, all, placed);
          if ('node' in placement) placed.push(on(placement.node, one));
        }
        const counts = all.map(({ name }) => placed.filter(({ node }) => node === name).length);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        expect(placed).toHaveLength(podCount);
      }),
    );
  });
});
