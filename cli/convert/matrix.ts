import { canonical } from '../../operator/benchmarkset/json.ts';
import { maxMembers, withCoordinates } from '../../operator/benchmarkset/expand.ts';
import type { Json, JsonObject } from '../../operator/kube/merge-patch.ts';
import { type Axis, axisOf } from './axis.ts';
import { coordinatesOf, patchBetween } from './difference.ts';

/** Values by name of a parameter, as theirs have them. */
export type Parameters = Readonly<Record<string, unknown>>;

/** What a set of theirs goes through. */
export interface Sweep {
  parameters: ReadonlyMap<string, readonly unknown[]>;
  /** Further sets of parameters, after every combination of those. */
  explicit: readonly Parameters[];
  /** Our spec for some of the parameters. */
  variant: (set: Parameters) => JsonObject;
}

export interface ConvertedMatrix {
  product?: Record<string, Json[]>;
  explicit?: JsonObject[];
}

/**
 * A sweep as a matrix of ours over the spec of no parameters: a product where that gives the same cells, else cell by cell.
 * @throws RangeError where there are more combinations than a set of ours may have runs
 */
export function matrixOf({ parameters, explicit, variant }: Sweep): ConvertedMatrix {
  const size = [...parameters.values()].reduce((total, values) => total * values.length, 1);
  if (size > maxMembers) throw new RangeError(`${size} combinations are too many; ${maxMembers} at most, so split the set`);
  const base = variant({});
  const cellOf = (spec: JsonObject) => coordinatesOf(patchBetween(base, spec));
  const axes = [...parameters].flatMap(([name, values]) => {
    const variants = values.map((value) => variant({ [name]: value }));
    return axisOf(base, variants) ?? [];
  });
  const combinations = combined(parameters).map(variant);
  const asProduct = gives(base, axes, combinations);
  const cells = [...(asProduct ? [] : combinations), ...explicit.map(variant)].map(cellOf);
  return {
    ...(asProduct && axes.length > 0 && { product: Object.fromEntries(axes.map(({ path, values }) => [path, values])) }),
    ...(cells.length > 0 && { explicit: [...new Map(cells.map((cell) => [canonical(cell), cell])).values()] }),
  };
}

/** Parameters that change nothing which has a counterpart. */
export function idleParameters({ parameters, variant }: Sweep): string[] {
  const base = canonical(variant({}));
  return [...parameters]
    .filter(([name, values]) => values.every((value) => canonical(variant({ [name]: value })) === base))
    .map(([name]) => name);
}

/** No set where there are no parameters: a cell of nothing would be one too many beside explicit ones. */
function combined<T>(parameters: ReadonlyMap<string, readonly T[]>): Record<string, T>[] {
  if (parameters.size === 0) return [];
  return [...parameters].reduce<Record<string, T>[]>(
    (sets, [name, values]) => sets.flatMap((set) => values.map((value) => Object.assign({}, set, { [name]: value }))),
    [{}],
  );
}

/** Whether the axes make these specs and no others. */
function gives(base: JsonObject, axes: readonly Axis[], wanted: readonly JsonObject[]): boolean {
  const product = new Map(axes.map(({ path, values }) => [path, values]));
  if (product.size < axes.length) return false;
  const made = new Set((axes.length === 0 ? [{}] : combined(product)).map((point) => canonical(withCoordinates(base, point))));
  const asked = new Set(wanted.map(canonical));
  return asked.size === 0 || (made.size === asked.size && [...made].every((text) => asked.has(text)));
}
