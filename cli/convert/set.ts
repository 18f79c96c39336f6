import { compact } from './compact.ts';
import type { Draft } from './common.ts';
import { idleParameters, matrixOf, type Parameters } from './matrix.ts';
import { merged } from './merged.ts';
import type { Note, Source } from './source.ts';
import { specOf, templateOf } from './template.ts';

/** A set of the first generation. Its runs follow each other cell by cell. @returns undefined where its template cannot be converted */
export function convertSet(spec: Source, notes: Note[]): Draft | undefined {
  const template = templateOf(spec, notes);
  if (!template) return undefined;
  spec.note('matrix', 'is of the second generation; write perftest.nscale.com/v1alpha1 as apiVersion, of the template as well');
  const permutations = spec.child('permutations');
  const parameters = permuted(permutations.child('product'));
  const variant = (set: Parameters) => {
    const pathOf = (field: string) => (Object.hasOwn(set, field) ? placeOf(field, parameters) : `spec.template.spec.${field}`);
    return specOf(template.converter, merged(template.fields ?? {}, set), pathOf, notes);
  };
  const sweep = { parameters, explicit: permutations.objects('explicit'), variant };
  for (const name of idleParameters(sweep))
    notes.push({ path: placeOf(name, parameters), message: 'makes no difference to Assay and is left out' });
  return {
    template: { spec: variant({}) },
    matrix: compact(matrixOf(sweep)),
    repetitions: spec.take('repetitions'),
    order: 'Sequential',
  };
}

function placeOf(field: string, product: ReadonlyMap<string, unknown>): string {
  return product.has(field) ? `spec.permutations.product.${field}` : 'spec.permutations.explicit';
}

function permuted(product: Source): Map<string, unknown[]> {
  const parameters = new Map<string, unknown[]>();
  for (const [name, values] of product.entries()) {
    if (Array.isArray(values) && values.length > 0) parameters.set(name, values);
    else product.note(name, 'lists no values and is left out');
  }
  return parameters;
}
