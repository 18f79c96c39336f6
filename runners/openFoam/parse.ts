import { at, listAt, numberAt, wholeDocument } from '../document.ts';
import { failedTool, refuse } from '../ending.ts';
import { figures } from '../figures.ts';
import type { Parsed, ToolOutput } from '../workload.ts';
import { diagnose } from './diagnose.ts';
import { metrics } from './metrics.ts';
import type { OpenFoamParameters } from './parameters.ts';
import { contradiction, otherRun } from './ran.ts';
import type { RunReport } from './report.ts';
import type { SolverLog } from './solver-log.ts';
import { readSolverLog } from './solver-log.ts';
import { unsound } from './sound.ts';

/** Reads the log of icoFoam and the report of run.ts after it: whole, of a flow that was solved, and of the run that was asked for. */
export function parseOpenFoam(output: ToolOutput, parameters?: OpenFoamParameters): Parsed {
  const failure = failedTool('openFoam', output);
  if (failure) return diagnose(output) ?? failure;
  const read = wholeDocument('openFoam', output.stdout);
  if (!read.ok) return diagnose(output) ?? read;
  const report = reportIn(read.document);
  if (report === undefined) return refuse('OutputUnparsable', 'the report after the log of icoFoam is damaged');
  const log = readSolverLog(read.before);
  if (typeof log === 'string') return refuse('OutputUnparsable', log);
  const problem = unsound(log) ?? contradiction(log, report) ?? (parameters === undefined ? undefined : otherRun(log, report, parameters));
  if (problem !== undefined) return refuse('OutputUnparsable', problem);
  return { ok: true, metrics: figures(metrics, values(log, report)), toolVersion: `OpenFOAM ${log.version}` };
}

function reportIn(document: unknown): RunReport | undefined {
  const [cells, wallTime, loopTime] = ['cells', 'wallTime', 'loopTime'].map((key) => numberAt(document, key));
  const ranks = listAt(document, 'ranks').map((rank) => ({
    userTime: numberAt(rank, 'userTime') ?? Number.NaN,
    systemTime: numberAt(rank, 'systemTime') ?? Number.NaN,
    peakMemory: numberAt(rank, 'peakMemory') ?? Number.NaN,
  }));
  if (at(document, 'openFoam') !== 1 || cells === undefined || wallTime === undefined || loopTime === undefined) return undefined;
  const whole = cells > 0 && ranks.every((rank) => Object.values(rank).every((value) => value >= 0));
  return whole ? { openFoam: 1, cells, wallTime, loopTime, ranks } : undefined;
}

function values({ steps }: SolverLog, { cells, wallTime, loopTime, ranks }: RunReport): Record<string, number | undefined> {
  const pressure = steps.flatMap((step) => step.pressure);
  const total = (of: keyof RunReport['ranks'][number]) => ranks.reduce((sum, rank) => sum + rank[of], 0);
  return {
    cellUpdatesPerSecond: (cells * steps.length) / loopTime,
    timePerStep: loopTime / steps.length,
    wallTime,
    userTime: total('userTime'),
    systemTime: total('systemTime'),
    peakMemory: total('peakMemory'),
    cells,
    pressureIterations: pressure.reduce((sum, { iterations }) => sum + iterations, 0),
    courantNumber: Math.max(...steps.map(({ courant }) => courant)),
    residual: pressure.at(-1)?.residual,
  };
}
