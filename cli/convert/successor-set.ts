import type { MatrixNodes } from '../../operator/api/types.ts';
import type { Draft } from './common.ts';
import { generate } from './generators.ts';
import { idleParameters, matrixOf, type Parameters } from './matrix.ts';
import { mentionsPair, pairNodes, withoutPair } from './node-pair.ts';
import { fillIn } from './placeholders.ts';
import type { Note, Source } from './source.ts';
import { specOf, templateOf } from './template.ts';

/** A set of the second generation, whose template holds places for parameters. @returns undefined where its template cannot be converted */
export function convertSuccessorSet(spec: Source, notes: Note[]): Draft | undefined {
  const template = templateOf(spec, notes);
  if (!template) return undefined;
  const matrix = spec.child('matrix');
  const { parameters, pairs, pairNames } = generated(matrix.child('product'));
  const variant = (set: Parameters) => {
    const fields = fillIn(template.fields, { ...Object.fromEntries(pairNames.map((name) => [name, pairNodes])), ...set }, place, notes);
    return withoutPair(specOf(template.converter, fields, (field) => `${place}.${field}`, notes));
  };
  const sweep = { parameters, explicit: matrix.objects('explicit'), variant };
  for (const name of idleParameters(sweep)) notes.push({ path: pathOf(name), message: 'makes no difference to Assay and is left out' });
  const base = variant({});
  if (mentionsPair(base))
    notes.push({ path: place, message: 'uses the names of a pair of nodes for more than placing pods; correct the result by hand' });
  return { template: { spec: base }, matrix: { ...matrixOf(sweep), ...(pairs && { nodes: pairs }) } };
}

const place = 'spec.template.spec';
const pathOf = (parameter: string) => `spec.matrix.product.${parameter}`;

interface Generated {
  parameters: Map<string, unknown[]>;
  pairs?: MatrixNodes;
  /** Parameters whose values are pairs of nodes. */
  pairNames: string[];
}

function generated(product: Source): Generated {
  const found: Generated = { parameters: new Map(), pairNames: [] };
  for (const [name, generator] of product.entries()) {
    const made = generate(generator);
    if ('values' in made) found.parameters.set(name, made.values);
    else if ('refusal' in made) product.note(name, made.refusal);
    else {
      if (found.pairs) product.note(name, 'is a second axis of pairs of nodes; one is possible');
      found.pairs ??= made.pairs;
      found.pairNames.push(name);
    }
  }
  return found;
}
