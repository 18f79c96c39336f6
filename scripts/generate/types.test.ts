import { beforeAll, describe, expect, test } from '@jest/globals';
import { smallSources } from './testing.ts';
import { kindTypes, parameterTypes } from './types.ts';

/** Without comments and line breaks. */
const compact = (text: string) => text.replaceAll(/\/\*[^]*?\*\/|\/\/.*$/gm, '').replaceAll(/\s+/g, ' ');

describe('the kinds', () => {
  let text: string;

  beforeAll(async () => {
    text = compact(await kindTypes(smallSources()));
  });

  test.each([
    [
      'a whole object',
      "export interface Benchmark { apiVersion: 'assay.dev/v1alpha1'; kind: 'Benchmark'; metadata: ObjectMeta; spec: BenchmarkSpec; status?: {}; }",
    ],
    ['a block of a workload', 'export interface NapBlock { time?: string; }'],
    [
      'a spec, whose blocks are also looked up by name',
      'export interface BenchmarkSpec { nap?: NapBlock; suspend?: boolean; pod?: PodOptions;',
    ],
    ['a template as the spec that it is', 'export interface BenchmarkSetSpec { template?: { spec?: BenchmarkSpec; };'],
  ])('%s', (_, expected) => {
    expect(text).toContain(expected);
  });

  test('each interface is there once, and no other', () => {
    const names = [...text.matchAll(/export (?:interface|type) (\w+)/g)].map(([, name]) => name ?? '');
    expect(names.toSorted()).toEqual(['Benchmark', 'BenchmarkSet', 'BenchmarkSetSpec', 'BenchmarkSpec', 'NapBlock', 'PodOptions']);
  });
});

describe('the parameters of a workload', () => {
  test('are there where they have a default', async () => {
    const text = await parameterTypes('nap', {
      type: 'object',
      required: ['mode'],
      properties: {
        mode: { type: 'integer', enum: [2, 3] },
        time: { type: 'string', default: '1s' },
        note: { type: 'string' },
        volume: { type: 'object', default: {}, properties: { shared: { type: 'boolean', default: false } } },
      },
    });
    expect(compact(text)).toContain(
      'export interface NapParameters { mode: 2 | 3; time: string; note?: string; volume: { shared: boolean; }; }',
    );
  });
});
