import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { generatedFiles } from './files.ts';
import { readSources } from './sources.ts';
import { smallSources } from './testing.ts';

const root = join(import.meta.dirname, '../..');

test('what is checked in is what the schemas give; npm run generate makes it so', async () => {
  const files = await generatedFiles(readSources(root));
  const stale = [...files].filter(([path, text]) => readFileSync(join(root, path), 'utf8') !== text).map(([path]) => path);
  expect(stale).toEqual([]);
});

describe('from any sources', () => {
  let files: Map<string, string>;

  beforeAll(async () => {
    files = await generatedFiles(
      smallSources({ nap: { type: 'object', properties: { mode: { type: 'string', enum: ['on', 'no', '0123', '1:30'] } } } }),
    );
  });

  test('there is a definition for each kind, one file of types, and one for each workload', () => {
    expect([...files.keys()]).toEqual([
      'crds/assay.dev_benchmarks.yaml',
      'charts/assay/templates/crds/assay.dev_benchmarks.yaml',
      'crds/assay.dev_benchmarksets.yaml',
      'charts/assay/templates/crds/assay.dev_benchmarksets.yaml',
      'operator/api/generated/kinds.ts',
      'runners/nap/parameters.ts',
    ]);
  });

  test('texts stay texts for readers of YAML 1.1 and 1.2', () => {
    const text = files.get('crds/assay.dev_benchmarks.yaml') ?? '';
    const path = [
      'spec',
      'versions',
      0,
      'schema',
      'openAPIV3Schema',
      'properties',
      'spec',
      'properties',
      'nap',
      'properties',
      'mode',
      'enum',
    ];
    const at = (version: '1.1' | '1.2') => path.reduce<unknown>((node, key) => Object(node)[key], parse(text, { version }));
    expect([at('1.1'), at('1.2')]).toEqual([
      ['on', 'no', '0123', '1:30'],
      ['on', 'no', '0123', '1:30'],
    ]);
  });

  test('nothing is an alias, which kubectl bounds', () => {
    expect([...files.values()].join('\n')).not.toMatch(/^\s*(- )?\S+: [&*]\w/m);
  });
});
