import { expect, test } from '@jest/globals';
import { Checkout } from '../testing/checkout.ts';
import { readSources } from './sources.ts';

test('kinds, parts and workloads are read from their places', () => {
  using checkout = new Checkout();
  checkout.write('operator/api/schema/kinds.yaml', '- kind: Benchmark\n');
  checkout.write('operator/api/schema/benchmark.yaml', 'type: object\n');
  checkout.write('runners/sleep/schema.yaml', 'type: object\ndescription: Sleeps.\n');
  checkout.write('runners/fio/schema.yaml', 'type: object\n');
  checkout.write('runners/agent/main.ts', '');
  checkout.write('runners/registry.ts', '');
  const { kinds, parts, workloads } = readSources(checkout.root);
  expect(kinds).toEqual([{ kind: 'Benchmark' }]);
  expect([...parts]).toEqual([['benchmark.yaml', { type: 'object' }]]);
  expect([...workloads]).toEqual([
    ['fio', { type: 'object' }],
    ['sleep', { type: 'object', description: 'Sleeps.' }],
  ]);
});
