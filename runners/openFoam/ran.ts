import { tolerance } from './linear-solvers.ts';
import { cellsAlongEdge } from './mesh.ts';
import type { OpenFoamParameters } from './parameters.ts';
import type { RunReport } from './report.ts';
import type { SolverLog } from './solver-log.ts';

/** Seconds by which two clocks may differ, of which one counts whole seconds. */
const clockError = 1.5;

/** Where the log and the report of one run contradict each other; undefined where they do not. */
export function contradiction({ steps, processes }: SolverLog, { ranks, loopTime, wallTime }: RunReport): string | undefined {
  if (ranks.length !== processes) return `${ranks.length} of ${processes} ranks said what they used`;
  const clock = steps.at(-1)?.clock ?? Number.NaN;
  const agree = loopTime > 0 && loopTime <= wallTime && loopTime - clockError <= clock && clock <= wallTime + clockError;
  return agree ? undefined : `the solver counted ${clock} s, but ${loopTime} s were measured for its loop and ${wallTime} s for all`;
}

/** In what a run was another one than asked for; undefined where it was that one. */
export function otherRun({ steps, processes, hosts }: SolverLog, { cells }: RunReport, parameters: OpenFoamParameters): string | undefined {
  const { iterations, solver } = parameters;
  const asked = { cells: cellsAlongEdge(parameters) ** 3, steps: parameters.steps, ranks: parameters.processes, nodes: parameters.nodes };
  const ran = { cells, steps: steps.length, ranks: processes, nodes: hosts.length };
  for (const what of ['cells', 'steps', 'ranks', 'nodes'] as const) {
    if (ran[what] !== asked[what]) return `it ran with ${ran[what]} ${what} where ${asked[what]} were asked for`;
  }
  if (hosts.some((ranks) => ranks !== processes / hosts.length))
    return `its nodes had ${hosts.join(', ')} ranks where each was to have as many`;
  for (const [index, { pressure }] of steps.entries()) {
    const wrong = pressure.find(
      (one) => one.solver !== solver || (iterations === undefined ? !(one.residual <= tolerance) : one.iterations !== iterations),
    );
    if (wrong) {
      const wanted = iterations === undefined ? `to ${tolerance}` : `in ${iterations} iterations`;
      return `step ${index + 1}: ${wrong.solver} solved the pressure to ${wrong.residual} in ${wrong.iterations} iterations, where ${solver} was to solve it ${wanted}`;
    }
  }
  return undefined;
}
