import type { Chosen } from '../../runners/registry.ts';
import type { RolePlan, Volume } from '../../runners/workload.ts';
import { givenName, longestPodName, longestPodSuffix } from './pod-names.ts';
import { nearest } from './structural/nearest.ts';
import { type ObjectProblem, problem } from './structural/problem.ts';
import type { Benchmark, BenchmarkSpec, PodVolume } from './types.ts';

/** What does not fit the pods that the workload plans: options of roles that it has not, volumes twice, names too long. */
export function planProblems(chosen: Chosen, benchmark: Benchmark): ObjectProblem[] {
  const { workload, parameters } = chosen;
  const roles = workload.plan(parameters);
  return [
    ...roleProblems(workload.name, roles, benchmark.spec),
    ...volumeProblems(roles, benchmark.spec),
    ...podNameProblems(longestPodSuffix(chosen, benchmark.spec.backend), benchmark),
    ...holderNameProblems(benchmark),
  ];
}

/** Options and nodes of a role that the run does not have would be ignored in silence. */
function roleProblems(workload: string, plan: readonly RolePlan[], { roles = {}, placement }: BenchmarkSpec): ObjectProblem[] {
  const known = plan.map(({ name }) => name);
  const refuse = (owner: string[], names: string[]): ObjectProblem[] =>
    names
      .filter((name) => !known.includes(name))
      .map((name) => problem([...owner, name], `unknown role; ${insteadOf(name, workload, known)}`));
  return [...refuse(['spec', 'roles'], Object.keys(roles)), ...refuse(['spec', 'placement', 'nodes'], Object.keys(placement?.nodes ?? {}))];
}

function insteadOf(name: string, workload: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return meant ? `did you mean ${JSON.stringify(meant)}?` : `${workload} has ${known.join(' and ')}`;
}

/** A pod has one volume of a name, and one at a path. */
function volumeProblems(plan: readonly RolePlan[], { pod, roles = {} }: BenchmarkSpec): ObjectProblem[] {
  const ofRoles = Object.entries(roles).flatMap(([role, options]) =>
    clashes(
      ['spec', 'roles', role, 'pod', 'volumes'],
      options.pod?.volumes,
      plan.filter(({ name }) => name === role),
    ),
  );
  return [...clashes(['spec', 'pod', 'volumes'], pod?.volumes, plan), ...ofRoles];
}

function clashes(owner: readonly string[], given: readonly PodVolume[] = [], plan: readonly RolePlan[]): ObjectProblem[] {
  const own = plan.flatMap(({ volumes = [] }) => volumes);
  const takenBy = (field: 'name' | 'mountPath', value: string): Volume | undefined => own.find((volume) => volume[field] === value);
  const problems: ObjectProblem[] = [];
  for (const [index, { name, mountPath }] of given.entries()) {
    const at = [...owner, index];
    if (takenBy('name', name)) problems.push(problem([...at, 'name'], `${name} is the workload's own volume; choose another name`, name));
    if (takenBy('mountPath', mountPath)) {
      problems.push(problem([...at, 'mountPath'], `the workload's own volume is at ${mountPath}; choose another path`, mountPath));
    }
  }
  return problems;
}

function podNameProblems(suffix: string, { metadata }: Benchmark): ObjectProblem[] {
  const name = givenName(metadata);
  const longest = `${name}${suffix}`;
  const excess = longest.length - longestPodName;
  if (excess <= 0) return [];
  return [
    problem(['metadata', 'name'], `would give pods names like ${longest}; choose one of at most ${name.length - excess} characters`, name),
  ];
}

/** Others may name a Benchmark with a digit first; JobSet's webhook takes no such JobSet, which bears the same name. */
function holderNameProblems({ metadata, spec }: Benchmark): ObjectProblem[] {
  const name = givenName(metadata);
  if (spec.backend !== 'JobSet' || /^[a-z]/.test(name)) return [];
  return [problem(['metadata', 'name'], 'must begin with a letter with backend JobSet; choose another name', name)];
}
