import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { units } from '../measure/unit.ts';
import type { Workload } from './workload.ts';
import { capabilitiesFor, imageFor, imageNames, workloadOf, workloads } from './registry.ts';

const names = Object.keys(workloads);

const recipes = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((path) => basename(path) === 'Dockerfile')
  .map((path) => readFileSync(join(import.meta.dirname, path), 'utf8'));

/** The Dockerfile that says it makes this image. */
function recipeOf(image = ''): string {
  return recipes.find((text) => text.includes(`--tag ${image} .`)) ?? '';
}

describe('workloadOf', () => {
  test('finds the block of a workload among the other fields', () => {
    const parameters = { duration: '1s' };
    expect(workloadOf({ retries: 1, sleep: parameters })).toEqual({ workload: workloads['sleep'], parameters });
  });

  test.each([
    ['no block', { retries: 0 }],
    ['an unknown one', { tetris: {} }],
    ['one that is no object', { sleep: '1s' }],
    ['an empty one', { sleep: null }],
  ])('%s is no workload', (_, spec) => {
    expect(workloadOf(spec)).toBeUndefined();
  });
});

test('every workload with capabilities needs them, unless it says that a run does without', () => {
  const workload = { ...workloads['sleep'], capabilities: ['NET_RAW'] } as Workload;
  const sometimes = { ...workload, needsCapabilities: (parameters: object) => 'raw' in parameters };
  expect(capabilitiesFor({ workload, parameters: {} })).toEqual(['NET_RAW']);
  expect([{}, { raw: true }].map((parameters) => capabilitiesFor({ workload: sometimes, parameters }))).toEqual([[], ['NET_RAW']]);
});

test('the workloads are', () => {
  expect(names).toEqual(['sleep', 'cpusoaker', 'iperf', 'fio', 'rdmaBandwidth', 'rdmaLatency', 'pyTorch', 'mpiPingPong', 'openFoam']);
});

test('an agent can load them all in a moment, without a parser of YAML', () => {
  const source = `import './runners/registry.ts'; console.log(process.moduleLoadList.length, import.meta.resolve('yaml') && [...(globalThis.loaded ?? [])].length)`;
  const hook = `import { registerHooks } from 'node:module'; globalThis.loaded = new Set(); registerHooks({ load(url, context, next) { if (url.includes('node_modules')) globalThis.loaded.add(url); return next(url, context); } });`;
  const output = execFileSync(
    process.execPath,
    ['--no-warnings', '--import', `data:text/javascript,${encodeURIComponent(hook)}`, '--input-type=module', '--eval', source],
    {
      cwd: join(import.meta.dirname, '..'),
      encoding: 'utf8',
    },
  );
  expect(output.trim()).toMatch(/ 0$/);
});

describe('images', () => {
  const pair = { ...workloads['sleep'], variant: { image: 'assay-other', suits: (parameters: object) => 'gpu' in parameters } };

  test.each([
    [{ gpu: 1 }, 'assay-other'],
    [{ cpu: 1 }, 'assay-runner'],
  ])('with parameters %j a workload has %s', (parameters, image) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    expect(imageFor({ workload: pair as Workload, parameters })).toBe(image);
  });

  test('are each named once, and have a recipe', () => {
    expect(imageNames).toEqual([...new Set(imageNames)]);
    expect(imageNames.filter((image) => recipeOf(image) === '')).toEqual([]);
  });
});

describe.each(names)('%s', (name) => {
  const workload = workloads[name];

  test('stands under its own name', () => {
    expect(workload?.name).toBe(name);
  });

  test('has its schema', () => {
    expect(existsSync(join(import.meta.dirname, name, 'schema.yaml'))).toBe(true);
  });

  test('has its page', () => {
    expect(existsSync(join(import.meta.dirname, `../docs/workloads/${name}.md`))).toBe(true);
  });

  test('has the image that it names', () => {
    const recipe = recipeOf(workload?.image);
    expect(recipe).toContain('USER 65532:65532');
    expect(recipe).toContain('"/usr/bin/tini", "--"]\nCMD ["node", "--single-threaded", "/app/runners/agent/main.ts"]');
  });

  test('has an image with every program that its plan runs', () => {
    const recipe = recipeOf(workload?.image);
    const missing = Object.values(workload?.programs ?? {}).filter((debian) => debian !== 'coreutils' && !recipe.includes(` ${debian}=`));
    expect(missing).toEqual([]);
  });

  test.each(workload?.metrics ?? [])('metric $name has a good name, a known unit and a description', (metric) => {
    expect(metric.name).toMatch(/^[a-z][a-zA-Z0-9]*$/);
    expect(units).toContain(metric.unit);
    expect(metric.description).toMatch(/^[A-Z0-9].*\.$/);
  });

  test('names no metric twice', () => {
    const metrics = (workload?.metrics ?? []).map((metric) => metric.name);
    expect(metrics).toEqual([...new Set(metrics)]);
  });
});
