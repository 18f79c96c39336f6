import type { Reason } from '../../measure/reason.ts';
import type { RolePlan } from '../../runners/workload.ts';
import { capabilitiesFor, workloadOf } from '../../runners/registry.ts';
import { podLimits } from '../api/pod-limits.ts';
import { effectiveSpec } from '../api/parameters.ts';
import type { Benchmark, BenchmarkSpec } from '../api/types.ts';
import { validateBenchmark } from '../api/validate.ts';
import type { Backend, Cause } from '../backends/backend.ts';
import { topologyOf } from '../backends/topology.ts';
import type { RightsPolicy } from './policy.ts';
import { rightsIn } from './policy.ts';
import { violations, violationText } from './rights.ts';
import { tooLarge } from './sizes.ts';

/** What a spec means, or why it is refused. */
export interface Checked {
  /** With every default filled in, as the API server would store it today. */
  spec: BenchmarkSpec;
  workload?: string;
  roles: RolePlan[];
  cautions: string[];
  refused?: Cause;
}

/** Problems that a message tells one by one; more are counted. */
const told = 10;

/** Looks at a spec once, before anything is created. The API server has checked it too, but by the CRD that is installed there. */
export function check(benchmark: Benchmark, backends: readonly Backend[], policy?: RightsPolicy): Checked {
  const { apiVersion, kind, metadata } = benchmark;
  const problems = validateBenchmark({ apiVersion, kind, metadata: { name: metadata.name }, spec: benchmark.spec });
  const spec = effectiveSpec(benchmark.spec);
  const chosen = workloadOf(spec);
  const known = { spec, ...(chosen ? { workload: chosen.workload.name } : {}) };
  const refuse = (reason: Reason, messages: string[]): Checked => ({
    ...known,
    roles: [],
    cautions: [],
    refused: { reason, message: listText(messages) },
  });
  if (problems.length > 0) {
    return refuse(
      'InvalidSpec',
      problems.map(({ path, message }) => `${path}: ${message}`),
    );
  }
  if (!chosen) return refuse('InvalidSpec', ['spec: names no known workload']);
  const roles = chosen.workload.plan(chosen.parameters, podLimits(spec));
  const rights = rightsIn(metadata.namespace ?? 'default', policy);
  const denied = violations(spec, rights, {
    name: chosen.workload.name,
    capabilities: capabilitiesFor(chosen),
    claims: claimsNamed(roles),
  });
  if (denied.length > 0) return refuse('NotAllowed', denied.map(violationText));
  const wanted = spec.backend ?? 'Pods';
  const backend = backends.find(({ name }) => name === wanted);
  if (!backend) {
    return refuse('BackendMissing', [`spec.backend: ${wanted} is not installed; there is ${backends.map(({ name }) => name).join(', ')}`]);
  }
  const unfit = [
    ...oneNode(spec, roles),
    ...tooLarge({ ...benchmark, spec }, roles, backend.startsTogether({ ...benchmark, spec }, roles)),
  ];
  if (unfit.length > 0) return refuse('InvalidSpec', unfit);
  return { ...known, roles, cautions: chosen.workload.cautions?.(chosen.parameters) ?? [] };
}

/** Claims of the namespace that a workload's parameters name, not those that it makes. */
function claimsNamed(roles: readonly RolePlan[]): string[] {
  const sources = roles.flatMap(({ volumes = [] }) => volumes.map(({ source }) => source));
  return [...new Set(sources.flatMap((source) => ('claimName' in source ? [source.claimName] : [])))];
}

function listText(messages: string[]): string {
  const more = messages.length - told;
  return messages.slice(0, told).join('; ') + (more > 0 ? `; and ${more} more` : '');
}

/** Two roles on one named node can never be on different ones. */
function oneNode(spec: BenchmarkSpec, roles: RolePlan[]): string[] {
  const topology = topologyOf(spec);
  if (topology !== 'DifferentNodes' && topology !== 'OnePerNode') return [];
  const nodes = roles.flatMap(({ name }) => spec.placement?.nodes?.[name] ?? []);
  const twice = nodes.find((node, index) => nodes.indexOf(node) !== index);
  return twice === undefined
    ? []
    : [`spec.placement.nodes: ${twice} is named twice, but spec.placement.topology is ${topology}; leave one of them out`];
}
