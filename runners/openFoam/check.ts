import type { Problem } from '../workload.ts';
import { boxesFor, cellsAlongEdge } from './mesh.ts';
import type { OpenFoamParameters } from './parameters.ts';

/** Each rank needs a box of its own in the mesh. */
export function check(parameters: OpenFoamParameters): Problem[] {
  const { processes } = parameters;
  const boxes = boxesFor(processes);
  const most = cellsAlongEdge(parameters);
  if (boxes[2] <= most) return [];
  const message = `${processes} ranks would share the cube as ${boxes.join(' x ')} boxes, but it has ${most} cells along an edge; take a number with smaller factors, or more cells`;
  return [{ path: 'processes', message }];
}
