import type { Kind, Sources } from './kind.ts';
import type { Source } from './source.ts';

const kind = (name: string, mutable: string[]): Kind => ({
  kind: name,
  schema: name === 'Benchmark' ? 'benchmark.yaml' : 'benchmark-set.yaml',
  plural: `${name.toLowerCase()}s`,
  shortNames: [name.charAt(0).toLowerCase()],
  mutable,
  columns: [{ name: 'Phase', type: 'string', jsonPath: '.status.phase' }],
});

/** Small sources with one of everything that the generator treats in a way of its own. */
export function smallSources(
  workloads: Record<string, Source> = { nap: { type: 'object', properties: { time: { type: 'string' } } } },
): Sources {
  return {
    kinds: [kind('Benchmark', ['suspend']), kind('BenchmarkSet', ['suspend'])],
    workloads: new Map(Object.entries(workloads)),
    parts: new Map<string, Source>([
      [
        'benchmark.yaml',
        {
          title: 'Benchmark',
          type: 'object',
          required: ['spec'],
          properties: { spec: { $ref: 'benchmark-spec.yaml' }, status: { type: 'object' } },
        },
      ],
      [
        'benchmark-spec.yaml',
        {
          title: 'BenchmarkSpec',
          type: 'object',
          properties: {
            suspend: { type: 'boolean', default: false },
            pod: {
              title: 'PodOptions',
              type: 'object',
              required: ['image'],
              properties: { image: { type: 'string' } },
              'x-kubernetes-validations': [{ rule: 'self.image != ""' }],
            },
            limit: { type: 'string', pattern: 's$', default: '5s' },
            volumes: {
              type: 'array',
              items: {
                type: 'object',
                required: ['name'],
                properties: { name: { type: 'string', default: 'data' } },
                'x-kubernetes-validations': [{ rule: 'self.name != ""' }],
              },
            },
          },
        },
      ],
      [
        'benchmark-set.yaml',
        {
          title: 'BenchmarkSet',
          type: 'object',
          required: ['spec'],
          properties: { spec: { $ref: 'benchmark-set-spec.yaml' }, status: { type: 'object' } },
        },
      ],
      [
        'benchmark-set-spec.yaml',
        {
          title: 'BenchmarkSetSpec',
          type: 'object',
          properties: {
            template: { type: 'object', properties: { spec: { tsType: 'BenchmarkSpec', type: 'object', description: 'Of the members.' } } },
            suspend: { type: 'boolean' },
          },
        },
      ],
    ]),
  };
}
