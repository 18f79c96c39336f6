import { workloadOf } from '../../runners/registry.ts';
import { type Cell, expand } from '../benchmarkset/expand.ts';
import { nameProblems, nameWidths } from '../benchmarkset/names.ts';
import { cellText, placeInSet } from './cell-place.ts';
import { apiVersion } from './crds.ts';
import { givenName, longestPodSuffix } from './pod-names.ts';
import type { BenchmarkSet } from './types.ts';
import { checkBenchmark, checkBySchema, type ObjectProblem } from './validate.ts';

/** What became of one cell. */
interface Member {
  cell: Cell;
  problems: ObjectProblem[];
  /** Longest text that its pods' names add to its own. */
  suffix: string;
}

/**
 * Every reason for which the API server or the operator would refuse a BenchmarkSet: the set itself, its expansion, every
 * member as a whole, and the names. A problem that many cells share is told once, with the first of them.
 */
export function validateBenchmarkSet(object: object): ObjectProblem[] {
  const { effective, problems } = checkBySchema('BenchmarkSet', object);
  if (problems.some(({ path }) => preventsExpansion(path))) return problems;
  const { cells, problems: expansion } = expand(effective);
  const members = cells.map(checkMember);
  const told = new Set(problems.map(({ path }) => path));
  return [
    ...problems,
    ...expansion,
    ...grouped(effective, members).filter(({ path }) => !told.has(path)),
    ...nameProblems(givenName(effective.metadata), widthsOf(effective, cells), longestSuffix(members)),
  ];
}

function preventsExpansion(path: string): boolean {
  return /^(apiVersion|kind|metadata|spec|spec\.template|spec\.template\.spec|spec\.(matrix|repetitions|warmup).*)$/.test(path);
}

function checkMember(cell: Cell): Member {
  const { effective, problems } = checkBenchmark({ apiVersion, kind: 'Benchmark', metadata: { name: 'member' }, spec: cell.spec });
  const chosen = problems.length === 0 ? workloadOf(effective.spec) : undefined;
  return { cell, problems, suffix: chosen ? longestPodSuffix(chosen, effective.spec.backend) : '' };
}

function grouped(set: BenchmarkSet, members: readonly Member[]): ObjectProblem[] {
  const groups = new Map<string, { problem: ObjectProblem; cells: Cell[] }>();
  for (const { cell, problems } of members) {
    for (const found of problems) {
      const problem = { ...found, path: placeInSet(set, cell, found.path) };
      const key = `${problem.path}\n${problem.message}`;
      const group = groups.get(key);
      if (group) group.cells.push(cell);
      else groups.set(key, { problem, cells: [cell] });
    }
  }
  return [...groups.values()].map(({ problem, cells }) =>
    cells.length === members.length && problem.path.startsWith('spec.template') ? problem : withCells(problem, cells),
  );
}

function withCells(problem: ObjectProblem, cells: readonly Cell[]): ObjectProblem {
  return { ...problem, message: `${problem.message} (${cellText(cells)})` };
}

function widthsOf({ spec }: BenchmarkSet, cells: readonly Cell[]): ReturnType<typeof nameWidths> {
  return nameWidths(cells.length, (spec.repetitions ?? 1) + (spec.warmup ?? 0));
}

function longestSuffix(members: readonly Member[]): string {
  return members.reduce((longest, { suffix }) => (suffix.length > longest.length ? suffix : longest), '');
}
