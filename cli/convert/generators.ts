import type { MatrixNodes } from '../../operator/api/types.ts';
import { type Fields, isFields } from '../../operator/api/structural/schema.ts';

/** What a generator of the second generation becomes: values, the pairs of nodes, or nothing. */
export type Generated = { values: unknown[] } | { pairs: MatrixNodes } | { refusal: string };

/** @returns a refusal that says what to do where we have no such axis */
export function generate(generator: unknown): Generated {
  if (!isFields(generator)) return { refusal: 'is no generator and is left out' };
  const { valuesFrom, combinations, permutations } = generator;
  if (Array.isArray(valuesFrom)) return { values: valuesFrom };
  if (isFields(combinations)) return arrangements(combinations, 'Unordered');
  if (isFields(permutations)) return arrangements(permutations, 'Ordered');
  if ('nodes' in generator)
    return { refusal: 'goes through single nodes, for which there is no axis; list them in spec.matrix.product under placement.nodes' };
  if ('sample' in generator) return { refusal: 'draws a sample, for which there is no axis; list the values that you want' };
  return { refusal: 'is a generator that has no counterpart and is left out' };
}

function arrangements({ length, withReplacement, source }: Fields, pairs: 'Ordered' | 'Unordered'): Generated {
  if (!isFields(source)) return { refusal: 'has no source and is left out' };
  if (isFields(source.nodes)) {
    if (length !== 2 || withReplacement === true)
      return { refusal: 'is no pair of two different nodes, for which alone there is an axis (spec.matrix.nodes)' };
    const { selector } = source.nodes;
    return { pairs: { ...(isFields(selector) && { selector }), pairs } };
  }
  const inner = generate(source);
  if (!('values' in inner)) return inner;
  if (typeof length !== 'number' || !Number.isInteger(length) || length < 1)
    return { refusal: 'has no length of 1 or more and is left out' };
  const lists = arranged(inner.values, length, pairs === 'Ordered', withReplacement === true);
  return lists ? { values: lists } : { refusal: `gives more than ${mostLists} lists and is left out; write those that you want` };
}

const mostLists = 10_000;
/** Lists that are looked at on the way to those, so that a short text cannot keep a machine busy. */
const mostTried = 1_000_000;

/** Every list of so many of the items; where order does not count, each in the order of the items. Undefined where there are too many. */
function arranged(items: readonly unknown[], length: number, ordered: boolean, again: boolean): unknown[][] | undefined {
  if (length > mostLists) return undefined;
  const indexes = items.map((_, index) => index);
  let lists: number[][] = [[]];
  for (let taken = 0; taken < length && lists.length > 0; taken++) {
    if (lists.length * indexes.length > mostTried) return undefined;
    lists = lists.flatMap((list) => indexes.filter((index) => mayFollow(list, index, ordered, again)).map((index) => list.concat(index)));
    if (lists.length > mostLists) return undefined;
  }
  return lists.map((list) => list.map((index) => items[index]));
}

function mayFollow(list: readonly number[], index: number, ordered: boolean, again: boolean): boolean {
  if (!again && list.includes(index)) return false;
  return ordered || index >= (list.at(-1) ?? 0);
}
