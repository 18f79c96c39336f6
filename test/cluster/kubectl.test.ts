import { expect, test } from '@jest/globals';
import { enterControlPlane, namesOfReady, programFolder } from './kubectl.ts';
import { layout } from './layout.ts';

const node = (name: string, ...conditions: [string, string][]) => ({
  metadata: { name },
  status: { conditions: conditions.map(([type, status]) => ({ type, status })) },
});

test.each([
  ['no nodes', [], []],
  ['a node that is Ready', [node('n1', ['MemoryPressure', 'False'], ['Ready', 'True'])], ['n1']],
  ['a node that is not', [node('n1', ['Ready', 'False'])], []],
  ['a node that has gone silent', [node('n1', ['Ready', 'Unknown'])], []],
  ['a node with trouble only', [node('n1', ['MemoryPressure', 'True'])], []],
  ['a node that has said nothing yet', [{ metadata: { name: 'n1' } }, { metadata: { name: 'n2' }, status: {} }], []],
  ['one of two', [node('n1', ['Ready', 'False']), node('n2', ['Ready', 'True'])], ['n2']],
])('ready nodes: %s', (_, items, names) => {
  expect(namesOfReady({ items })).toEqual(names);
});

test('the API server is reached through the control plane’s network, with the cluster’s own programs', () => {
  const cluster = layout('b');
  expect(enterControlPlane(cluster)).toEqual(['nsenter', '--net=/run/netns/b-cp']);
  expect(programFolder(cluster)).toBe('/run/assay-cluster/b/bin');
});
