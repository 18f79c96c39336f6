import type { Rule } from '../../operator/api/structural/schema.ts';
import { type Kind, part, type Sources } from './kind.ts';
import { compose, mapChildren, type Source } from './source.ts';

/** The schema of a kind's whole object, workloads and rules included; titles are still there. */
export function objectSchema(kind: Kind, sources: Sources): Source {
  const root = compose(part(sources, kind.schema), (file) => part(sources, file));
  const spec = root.properties?.spec;
  if (!spec) throw new Error(`${kind.schema} has no spec`);
  const whole = kind.kind === 'Benchmark' ? benchmarkSpec(spec, sources) : benchmarkSetSpec(spec, sources);
  return {
    ...root,
    properties: { ...root.properties, spec: whole },
    'x-kubernetes-validations': Object.keys(whole.properties ?? {})
      .filter((field) => !kind.mutable.includes(field))
      .map((field) => immutable(kind, field)),
  };
}

function benchmarkSpec(spec: Source, sources: Sources): Source {
  const rule = {
    rule: `${countOfBlocks(sources)} == 1`,
    message: `exactly one workload block is needed; ${blockNames(sources).join(', ')}`,
  };
  return withWorkloads(spec, sources, rule);
}

/** A member's spec is the template's with a cell's values over it: the template may lack what the matrix gives. */
function benchmarkSetSpec(spec: Source, sources: Sources): Source {
  const member = compose(part(sources, 'benchmark-spec.yaml'), (file) => part(sources, file));
  const rule = {
    rule: `${countOfBlocks(sources)} <= 1`,
    message: `only one workload block is allowed; ${blockNames(sources).join(', ')}`,
  };
  const template = spec.properties?.template;
  const place = template?.properties?.spec;
  if (!place) throw new Error('benchmark-set-spec.yaml has no template.spec');
  const relaxed: Source = { ...relax(withWorkloads(member, sources)), ...place, 'x-kubernetes-validations': [rule] };
  return { ...spec, properties: { ...spec.properties, template: { ...template, properties: { ...template.properties, spec: relaxed } } } };
}

function withWorkloads(spec: Source, { workloads }: Sources, ...rules: Rule[]): Source {
  return { ...spec, properties: { ...Object.fromEntries(workloads), ...spec.properties }, 'x-kubernetes-validations': rules };
}

function blockNames({ workloads }: Sources): string[] {
  return [...workloads.keys()];
}

function countOfBlocks(sources: Sources): string {
  const there = blockNames(sources).map((name) => `has(self.${name})`);
  return `[${there.join(', ')}].filter(there, there).size()`;
}

/** Without what only a whole spec can fulfil. Lists are replaced as wholes, so their items stay as they are but for defaults. */
function relax(node: Source, inList = false): Source {
  const { default: standard, required, 'x-kubernetes-validations': rules, ...rest } = node;
  const kept: Source = {
    ...rest,
    // The default was also the example of a well-formed text.
    ...(rest.pattern && typeof standard === 'string' && { example: rest.example ?? standard }),
    ...(inList && required && { required }),
    ...(inList && rules && { 'x-kubernetes-validations': rules }),
  };
  return mapChildren(kept, (child, where) => relax(child, inList || where === 'items'));
}

/**
 * Refuses a change of one field of spec, on the whole object because only there the old status can be read. A spec that the
 * operator refused may be corrected, for nothing was started from it. One that it has not looked at yet may not: the
 * run could start from the old text and be recorded under the new one.
 */
function immutable({ kind, mutable }: Kind, field: string): Rule {
  const refused =
    "has(oldSelf.status) && has(oldSelf.status.conditions) && oldSelf.status.conditions.exists(c, c.type == 'Accepted' && c.status == 'False')";
  const now = `self.spec.${field}`;
  const before = `oldSelf.spec.${field}`;
  return {
    rule: `has(${now}) == has(${before}) && (!has(${now}) || ${now} == ${before}) || ${refused}`,
    message: `may not change; only ${mutable.join(', ')} may. Delete the ${kind} and create it again`,
    fieldPath: `.spec.${field}`,
  };
}
