import { type Chosen, workloadOf } from '../../runners/registry.ts';
import type { Limits } from '../../runners/workload.ts';
import { apiVersion, type Kind, schemaOf } from './crds.ts';
import { podLimits } from './pod-limits.ts';
import { planProblems } from './plan-rules.ts';
import { type ObjectProblem, problem, refusal } from './structural/problem.ts';
import { isFields, pathText } from './structural/schema.ts';
import type { Benchmark, BenchmarkSet } from './types.ts';

export type { ObjectProblem } from './structural/problem.ts';

interface Kinds {
  Benchmark: Benchmark;
  BenchmarkSet: BenchmarkSet;
}

/** An object with its defaults, and why the API server would refuse it. */
export interface Checked<T> {
  effective: T;
  problems: ObjectProblem[];
}

/**
 * Every reason for which the API server or the operator would refuse a Benchmark: fields, values, rules, and what its workload
 * says. The object is not changed.
 */
export function validateBenchmark(object: object): ObjectProblem[] {
  return checkBenchmark(object).problems;
}

/** As `validateBenchmark`, with the object that was judged: the one with defaults. */
export function checkBenchmark(object: object): Checked<Benchmark> {
  const { effective, problems } = checkBySchema('Benchmark', object);
  const chosen = isFields(effective.spec) ? workloadOf(effective.spec) : undefined;
  const isSound = (part: string) => !problems.some(({ path }) => isWithin(path, part));
  if (!chosen || !isSound(`spec.${chosen.workload.name}`)) return { effective, problems };
  const own = workloadProblems(chosen, podLimits(effective.spec));
  // A plan is made of sound parameters only, and what it is compared with must have its shape.
  const plannable = own.length === 0 && ['metadata', 'spec.pod', 'spec.roles', 'spec.placement'].every(isSound);
  return { effective, problems: [...problems, ...own, ...(plannable ? planProblems(chosen, effective) : [])] };
}

/** What the API server alone checks, and the object as it would store it. Where there are problems it may be of another shape. */
export function checkBySchema<K extends Kind>(kind: K, object: object): Checked<Kinds[K]> {
  const schema = schemaOf(kind);
  const copy = structuredClone(object);
  const unknown = schema.unknownFieldProblems(copy);
  schema.prune(copy);
  schema.applyDefaults(copy);
  // A mistyped block is said once: that the right one is missing too is no news.
  const parents = new Set(unknown.map(({ segments }) => pathText(segments.slice(0, -1))));
  const refused = schema.validate(copy).filter(({ path, value }) => value !== undefined || !parents.has(path));
  const problems = [...headProblems(kind, copy), ...unknown, ...refused];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return { effective: copy as Kinds[K], problems };
}

function headProblems(kind: Kind, object: object): ObjectProblem[] {
  const head: Record<string, unknown> = { ...object };
  const metadata = isFields(head.metadata) ? head.metadata : {};
  return [
    ...(head.apiVersion === apiVersion ? [] : [problem(['apiVersion'], refusal(head.apiVersion, apiVersion), head.apiVersion)]),
    ...(head.kind === kind ? [] : [problem(['kind'], refusal(head.kind, kind), head.kind)]),
    ...(metadata.name || metadata.generateName ? [] : [problem(['metadata', 'name'], 'is missing; like net-1')]),
  ];
}

function workloadProblems({ workload, parameters }: Chosen, limits: Limits): ObjectProblem[] {
  const found = workload.check?.(parameters, limits) ?? [];
  return found.map(({ path, message }) => ({ path: path ? `spec.${workload.name}.${path}` : `spec.${workload.name}`, message }));
}

/** Whether a path is another, an ancestor of it, or below it. */
function isWithin(path: string, other: string): boolean {
  return path === other || other.startsWith(`${path}.`) || path.startsWith(`${other}.`) || path.startsWith(`${other}[`);
}
