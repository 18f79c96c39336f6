import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Definition, definitionOf, type Kind, kinds } from '../../operator/api/crds.ts';
import { benchmark, benchmarkSet, refusedObjects, type Written } from '../../operator/api/testdata/refused.ts';
import { checkBySchema } from '../../operator/api/validate.ts';
import { KubeClient } from '../../operator/kube/client.ts';
import { ApiError } from '../../operator/kube/errors.ts';
import { HttpsTransport } from '../../operator/kube/https-transport.ts';
import { benchmarks, benchmarkSets, customResourceDefinitions, type Resource } from '../../operator/kube/object.ts';
import { type ControlPlane, startControlPlane } from '../cluster/control-plane.ts';

const namespace = 'default';
const resources: Readonly<Record<Kind, Resource>> = { Benchmark: benchmarks, BenchmarkSet: benchmarkSets };

let controlPlane: ControlPlane;
let transport: HttpsTransport;
let client: KubeClient;

beforeAll(async () => {
  controlPlane = await startControlPlane();
  const tls = {
    ca: await readFile(controlPlane.certificateAuthority),
    cert: await readFile(controlPlane.certificate),
    key: await readFile(controlPlane.key),
  };
  transport = new HttpsTransport({ server: controlPlane.server, credentials: async () => ({ headers: {}, tls }) });
  client = new KubeClient(transport);
  for (const kind of kinds) await client.create(customResourceDefinitions, definitionOf(kind), { fieldValidation: 'Strict' });
  for (const kind of kinds) await established(definitionOf(kind).metadata.name);
}, 120_000);

afterAll(async () => {
  await transport.close();
  await controlPlane.stop();
});

type Conditions = { status?: { conditions?: { type: string; status: string; message: string }[] } };

async function established(name: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const { status } = await client.get<Definition & Conditions>(customResourceDefinitions, { name });
    const conditions = status?.conditions ?? [];
    if (conditions.some((condition) => condition.type === 'Established' && condition.status === 'True')) return;
    if (Date.now() > deadline) throw new Error(`${name} is not established: ${JSON.stringify(conditions)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Test objects are written without a namespace and given names of their own. */
async function create(object: Written, name = object.metadata.name): Promise<Written> {
  const placed = { ...object, metadata: { ...object.metadata, namespace, name } };
  return await client.create(resources[object.kind], placed, { fieldValidation: 'Strict' });
}

/** The API server's own words for why it refuses. */
async function refusal(attempt: Promise<unknown>): Promise<ApiError> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiError)) throw new Error('the API server accepted it', { cause: error });
  return error;
}

/** Fields that a refusal names. Map keys are written here with brackets and there without: compared without. */
function fieldsOf({ details, message }: ApiError): string[] {
  const unknown = [...message.matchAll(/unknown field "([^"]+)"/g)].map(([, field]) => field ?? '');
  // "<nil>" says that rules were not asked because of the other causes.
  const causes = (details?.causes ?? []).map(({ field = '' }) => field).filter((field) => field !== '' && field !== '<nil>');
  return [...new Set([...unknown, ...causes].map(plainPath))].toSorted();
}

function plainPath(path: string): string {
  return path.replaceAll(/\[([^\]]+)\]/g, '.$1');
}

async function change(kind: Kind, name: string, spec: object): Promise<Written> {
  return await client.patch(resources[kind], { namespace, name }, { spec }, { type: 'merge' });
}

/** Cells of what `kubectl get` prints. */
function table(text: string): string[][] {
  return text
    .trim()
    .split('\n')
    .map((line) => line.split(/\s{2,}/));
}

async function kubectl(...argv: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(controlPlane.kubectl, ['--kubeconfig', controlPlane.kubeconfig, ...argv], {
    timeout: 30_000,
  });
  return stdout;
}

test.each(kinds)('the API server takes the schema of %s as structural', async (kind) => {
  const { status } = await client.get<Definition & Conditions>(customResourceDefinitions, { name: definitionOf(kind).metadata.name });
  expect(status?.conditions?.filter(({ type }) => type === 'NonStructuralSchema')).toEqual([]);
});

describe('what is refused offline is refused by the API server, for the same fields', () => {
  test.each(refusedObjects)('KP-38 $title', async ({ object, problems }) => {
    const error = await refusal(create(object));
    expect(fieldsOf(error)).toEqual(Object.keys(problems).map(plainPath).toSorted());
  });

  test('a rule speaks the same words', async () => {
    const { message } = await refusal(create(benchmark({ network: { interface: 'net1' } })));
    expect(message).toContain('is allowed only with network.name, the attachment that becomes this interface');
  });
});

describe('defaults', () => {
  test('are those that are filled in offline', async () => {
    const object = benchmark({ placement: { topology: 'Any' }, cleanup: { pods: 'Never' } });
    const { spec } = await create(object, 'defaults');
    expect(spec).toEqual(checkBySchema('Benchmark', object).effective.spec);
  });

  test("leave a set's template as it is written", async () => {
    const { spec } = await create(benchmarkSet({}), 'template');
    expect(spec.template).toEqual({ spec: { sleep: {} } });
  });

  test('free values of the matrix are stored as they are', async () => {
    const matrix = {
      product: { 'sleep.duration': ['1s', '2s'] },
      explicit: [{ 'sleep.duration': null, 'placement.nodes': { sleeper: null } }],
    };
    const { spec } = await create(benchmarkSet({ matrix }), 'matrix');
    expect(spec.matrix).toEqual(matrix);
  });
});

describe('KP-40 a spec may not change', () => {
  beforeAll(async () => {
    await create(benchmark({}), 'fixed');
    await create(benchmarkSet({ matrix: { explicit: [{ 'network.host': true }] } }), 'fixed');
  });

  test.each<[string, Kind, object, string]>([
    ["the workload's parameters", 'Benchmark', { sleep: { duration: '2s' } }, 'spec.sleep'],
    ['placement', 'Benchmark', { placement: { exclusive: 'None' } }, 'spec.placement'],
    ['a field that was not there', 'Benchmark', { queue: 'fast' }, 'spec.queue'],
    ['retries', 'Benchmark', { retries: 3 }, 'spec.retries'],
    ['the template', 'BenchmarkSet', { template: { spec: { sleep: { duration: '2s' } } } }, 'spec.template'],
    ['a value of the matrix', 'BenchmarkSet', { matrix: { explicit: [{ 'network.host': false }] } }, 'spec.matrix'],
    ['repetitions', 'BenchmarkSet', { repetitions: 2 }, 'spec.repetitions'],
    ['parallelism', 'BenchmarkSet', { parallelism: 2 }, 'spec.parallelism'],
  ])('%s of a %s', async (_, kind, spec, field) => {
    const error = await refusal(change(kind, 'fixed', spec));
    expect(fieldsOf(error)).toEqual([field]);
  });

  test.each<[string, Kind, object]>([
    ['suspend', 'Benchmark', { suspend: true }],
    ['cancel', 'Benchmark', { cancel: true }],
    ['cleanup', 'Benchmark', { cleanup: { pods: 'Never', ttlAfterFinished: '10m' } }],
    ['timeouts', 'Benchmark', { timeouts: { running: '2h' } }],
    ['suspend', 'BenchmarkSet', { suspend: true }],
    ['cancel', 'BenchmarkSet', { cancel: true }],
  ])('but %s of a %s may', async (_, kind, spec) => {
    await expect(change(kind, 'fixed', spec)).resolves.toMatchObject({ spec });
  });

  test('but one that the operator refused may be corrected', async () => {
    await create(benchmark({}), 'corrected');
    const condition = { type: 'Accepted', status: 'False', reason: 'InvalidSpec', message: '', lastTransitionTime: '2026-11-21T00:00:00Z' };
    const ref = { namespace, name: 'corrected' };
    await client.patch(benchmarks, ref, { status: { conditions: [condition] } }, { type: 'merge', subresource: 'status' });
    await expect(change('Benchmark', 'corrected', { sleep: { duration: '2s' } })).resolves.toMatchObject({
      spec: { sleep: { duration: '2s' } },
    });
  });
});

describe('kubectl', () => {
  test('KP-9 prints workload, phase, summary and age of a Benchmark', async () => {
    await create(benchmark({}), 'printed');
    const status = { workload: 'sleep', phase: 'Succeeded', summary: '1.000 s' };
    await client.patch(benchmarks, { namespace, name: 'printed' }, { status }, { type: 'merge', subresource: 'status' });
    const [head, row] = table(await kubectl('get', 'bm', 'printed'));
    expect(head).toEqual(['NAME', 'WORKLOAD', 'PHASE', 'SUMMARY', 'AGE']);
    expect(row?.slice(0, 4)).toEqual(['printed', 'sleep', 'Succeeded', '1.000 s']);
  });

  test('KP-9 prints phase, finished of all, and failed of a BenchmarkSet', async () => {
    await create(benchmarkSet({}), 'printed');
    const members = { total: 40, pending: 27, running: 1, succeeded: 11, failed: 1, cancelled: 0 };
    const status = { phase: 'Running', progress: '12/40', members };
    await client.patch(benchmarkSets, { namespace, name: 'printed' }, { status }, { type: 'merge', subresource: 'status' });
    const [head, row] = table(await kubectl('get', 'bms', 'printed'));
    expect(head).toEqual(['NAME', 'PHASE', 'DONE', 'FAILED', 'AGE']);
    expect(row?.slice(0, 4)).toEqual(['printed', 'Running', '12/40', '1']);
  });

  test('KP-9 prints network, MTU and times of a Benchmark where there is room', async () => {
    await create(benchmark({ network: { name: 'fast' } }), 'wide');
    const [head, row] = table(await kubectl('get', 'bm', 'wide', '-o', 'wide'));
    expect(head).toEqual(['NAME', 'WORKLOAD', 'PHASE', 'SUMMARY', 'HOST', 'NETWORK', 'MTU', 'STARTED', 'FINISHED', 'AGE']);
    expect(row).toContain('fast');
  });

  test('KP-9 prints cells, repetitions and times of a BenchmarkSet where there is room', async () => {
    await create(benchmarkSet({ repetitions: 7 }), 'wide');
    const [head, row] = table(await kubectl('get', 'bms', 'wide', '-o', 'wide'));
    expect(head).toEqual(['NAME', 'PHASE', 'DONE', 'FAILED', 'CELLS', 'REPETITIONS', 'STARTED', 'FINISHED', 'SUMMARY', 'AGE']);
    expect(row).toContain('7');
  });

  test('finds both kinds in the category', async () => {
    await create(benchmark({}), 'listed');
    await create(benchmarkSet({}), 'listed');
    const names = (await kubectl('get', 'assay', '-o', 'name')).split('\n');
    expect(names).toEqual(expect.arrayContaining(['benchmark.assay.dev/listed', 'benchmarkset.assay.dev/listed']));
  });

  test('explains a field with its unit', async () => {
    expect(await kubectl('explain', 'benchmark.spec.network.mtu')).toContain('Largest packet in bytes');
  });
});
