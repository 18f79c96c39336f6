import { describe, expect, test } from '@jest/globals';
import { schemaAt } from '../../operator/api/structural/schema.ts';
import { objectSchema } from './benchmark-schema.ts';
import { smallSources } from './testing.ts';

const nap = { type: 'object', properties: { time: { type: 'string', default: '1s' } }, required: ['time'] } as const;
const sources = smallSources({ nap: { ...nap, required: [...nap.required] }, run: { type: 'object' } });
const schemaOf = (index: number, from = sources) => {
  const kind = from.kinds[index];
  if (!kind) throw new Error('no such kind');
  return objectSchema(kind, from);
};
const benchmark = schemaOf(0);
const set = schemaOf(1);

const at = (...path: string[]) => schemaAt(set, ['spec', 'template', 'spec', ...path]);

describe('a Benchmark', () => {
  test('has a block for every workload, before the fields that all share', () => {
    expect(Object.keys(benchmark.properties?.spec?.properties ?? {})).toEqual(['nap', 'run', 'suspend', 'pod', 'limit', 'volumes']);
  });

  test('needs exactly one of them', () => {
    expect(benchmark.properties?.spec?.['x-kubernetes-validations']).toEqual([
      {
        rule: '[has(self.nap), has(self.run)].filter(there, there).size() == 1',
        message: 'exactly one workload block is needed; nap, run',
      },
    ]);
  });

  test('may change in nothing but its mutable fields', () => {
    const paths = benchmark['x-kubernetes-validations']?.map(({ fieldPath }) => fieldPath);
    expect(paths).toEqual(['.spec.nap', '.spec.run', '.spec.pod', '.spec.limit', '.spec.volumes']);
  });
});

describe("a set's template", () => {
  test('may have one workload, or none that the matrix then gives', () => {
    expect(at()?.['x-kubernetes-validations']).toEqual([
      { rule: '[has(self.nap), has(self.run)].filter(there, there).size() <= 1', message: 'only one workload block is allowed; nap, run' },
    ]);
  });

  test('keeps its own description', () => {
    expect(at()?.description).toBe('Of the members.');
  });

  test('has the fields of a spec without defaults, needs and rules', () => {
    expect(at('nap')).toEqual({ type: 'object', properties: { time: { type: 'string' } } });
    expect(at('pod')).toEqual({ title: 'PodOptions', type: 'object', properties: { image: { type: 'string' } } });
  });

  test('a default lives on as the example of a form', () => {
    expect(at('limit')).toEqual({ type: 'string', pattern: 's$', example: '5s' });
  });

  test('items of lists, which a cell replaces as wholes, keep needs and rules', () => {
    expect(at('volumes')?.items).toEqual({
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'string' } },
      'x-kubernetes-validations': [{ rule: 'self.name != ""' }],
    });
  });
});

test.each([
  ['benchmark-spec.yaml', 'operator/api/schema has no benchmark-spec.yaml'],
  ['benchmark.yaml', 'operator/api/schema has no benchmark.yaml'],
])('a missing %s is named', (file, message) => {
  const parts = new Map([...sources.parts].filter(([name]) => name !== file));
  expect(() => schemaOf(0, { ...sources, parts })).toThrow(message);
});

test.each([
  ['the object has no spec', 0, 'benchmark.yaml', 'benchmark.yaml has no spec'],
  ['a set has no template', 1, 'benchmark-set-spec.yaml', 'benchmark-set-spec.yaml has no template.spec'],
])('where %s, the file is named', (_, index, file, message) => {
  const parts = new Map(sources.parts).set(file, { type: 'object' });
  expect(() => schemaOf(index, { ...sources, parts })).toThrow(message);
});

test('a change is refused unless the operator had refused what there was', () => {
  const limit = benchmark['x-kubernetes-validations']?.find(({ fieldPath }) => fieldPath === '.spec.limit');
  expect(limit?.rule).toMatch(
    /^has\(self\.spec\.limit\) == has\(oldSelf\.spec\.limit\) && \(.*\) \|\| .*'Accepted' && c\.status == 'False'\)$/,
  );
  expect(limit?.message).toBe('may not change; only suspend may. Delete the Benchmark and create it again');
});
