import { open, stat } from 'node:fs/promises';
import type { Benchmark, BenchmarkSet } from '../../operator/api/types.ts';
import { effectiveSpec } from '../../operator/api/parameters.ts';
import { benchmarks, benchmarkSets, namespaces, pods } from '../../operator/kube/object.ts';
import { listAll } from '../../operator/kube/list-all.ts';
import { workloadOf } from '../../runners/registry.ts';
import { parseAudit } from '../cluster/audit.ts';
import { until } from '../integration/until.ts';
import type { Bench } from './bench.ts';
import { familyCpu } from './family.ts';
import { figuresOf } from './figures.ts';
import type { Figures } from './figures.ts';
import { requestsFrom } from './requests.ts';
import { Sampler } from './sampler.ts';
import { setSpec } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import { startSubject } from './subject.ts';
import type { SubjectName } from './subject.ts';

/** How many members, and how many of them at once. */
export interface Size {
  members: number;
  parallelism: number;
}

/** A run that is slower than a member in two seconds hangs. */
const longest = ({ members }: Size) => 60_000 + members * 2000;

/** Has a subject run a set of a scenario's members in a namespace of its own, and removes all of it. */
export async function runSet(bench: Bench, scenario: Scenario, subject: SubjectName, size: Size): Promise<Figures> {
  const { client, auditLog, users, nextNamespace, subjectOptions } = bench;
  const namespace = nextNamespace();
  await client.create(namespaces, { metadata: { name: namespace } });
  const running = await startSubject(subject, bench.kubeconfig, subjectOptions);
  try {
    const heapBefore = await running.heap();
    const from = (await stat(auditLog)).size;
    const sampler = new Sampler(running.pid);
    const cpuBefore = await familyCpu(process.pid);
    const set: BenchmarkSet = {
      apiVersion: 'assay.dev/v1alpha1',
      kind: 'BenchmarkSet',
      metadata: { name: scenario.name, namespace },
      spec: setSpec(scenario, size.members, size.parallelism),
    };
    await client.create<BenchmarkSet>(benchmarkSets, set, { fieldValidation: 'Strict' });
    await finished(bench, set, longest(size), async () => {
      if (running.ended() !== undefined) throw new Error(`${subject} ended (${running.ended()}):\n${await running.lastLines()}`);
    }).catch((error: unknown) => {
      // What is missing then counts as lost.
      console.error(error instanceof Error ? error.message : error);
    });
    const machineCpu = (await familyCpu(process.pid)) - cpuBefore;
    const samples = await sampler.stop();
    const heap = { before: heapBefore, after: await running.heap() };
    const { items } = await listAll<Benchmark>(client, benchmarks, { namespace }, 500, AbortSignal.timeout(60_000));
    const requests = requestsFrom(parseAudit(await textFrom(auditLog, from)), namespace);
    return figuresOf(
      { subject, members: size.members, pods: podsOf(scenario), requests, benchmarks: items, samples, heap, machineCpu },
      users,
    );
  } finally {
    await running.stop();
    await remove(bench, scenario.name, namespace);
  }
}

async function finished({ client }: Bench, { metadata }: BenchmarkSet, limit: number, check: () => Promise<void>): Promise<void> {
  const { namespace = '' } = metadata;
  const over = async () => {
    await check();
    const { status } = await client.get<BenchmarkSet>(benchmarkSets, metadata);
    return status?.phase === 'Succeeded' || status?.phase === 'Failed' ? true : undefined;
  };
  await until(`set ${metadata.name} through`, over, limit);
  const empty = async () => ((await client.list(pods, { namespace, limit: 1 })).items.length === 0 ? true : undefined);
  await until('its pods removed', empty, 60_000);
}

/** The next run must not share the API server with what the garbage collector has to do for this one. */
async function remove({ client }: Bench, name: string, namespace: string): Promise<void> {
  await client.delete(benchmarkSets, { name, namespace }, { propagationPolicy: 'Background' });
  const gone = async () => ((await client.list(benchmarks, { namespace, limit: 1 })).items.length === 0 ? true : undefined);
  await until('members collected', gone, 180_000);
  await client.delete(namespaces, { name: namespace });
}

function podsOf({ spec }: Scenario): number {
  const chosen = workloadOf(effectiveSpec(spec));
  return (chosen?.workload.plan(chosen.parameters) ?? []).reduce((sum, { replicas }) => sum + replicas, 0);
}

async function textFrom(path: string, offset: number): Promise<string> {
  const file = await open(path);
  try {
    return (await file.createReadStream({ start: offset, encoding: 'utf8', autoClose: false }).toArray()).join('');
  } finally {
    await file.close();
  }
}
