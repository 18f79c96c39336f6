import { table } from '../../cli/table.ts';
import type { Comparison } from './comparison.ts';
import type { Figures } from './figures.ts';
import { leftByMember, manyMembers } from './left.ts';
import { median } from './percentile.ts';

/** Figures that somebody else's operator gave, with pairs of pods on such a machine (docs/performance.md). */
const kubePerftest = {
  membersPerSecond: '0.1-0.8',
  requests: '180-520',
  firstPod: '39-108 / 70-373',
  status: '22-87 / 109-712',
  cpu: '830-2,535',
};

type Row = [what: string, figure: (figures: Figures) => string, other?: string];

const rows: Row[] = [
  ['members/s', ({ membersPerSecond }) => fixed(membersPerSecond, 1), kubePerftest.membersPerSecond],
  ['requests a member', ({ requests }) => fixed(requests, 2), kubePerftest.requests],
  ['writes a member, mean / most', ({ writes }) => `${fixed(writes.mean, 2)} / ${writes.most}`],
  ['reads while members ran', ({ polls }) => String(polls)],
  ['create -> first pod, p50 / p99, s', ({ firstPod }) => seconds(firstPod), kubePerftest.firstPod],
  ['pod end -> status, p50 / p99, s', ({ status }) => seconds(status), kubePerftest.status],
  ['CPU a member, ms', ({ cpu }) => fixed(cpu * 1000, 1), kubePerftest.cpu],
  ['CPU of all processes a member, ms', ({ machineCpu }) => fixed(machineCpu * 1000, 1)],
  ['peak memory, MB', ({ peak }) => fixed(peak / 1e6, 0), '127-225'],
  ['lost / doubled', ({ lost, doubled }) => `${lost} / ${doubled}`],
];

/** The figures of one scenario, a column a run. */
export function scenarioTable({ scenario, bare, operator, ratios, ratio, cpuRatio }: Comparison): string {
  const all = [...bare, ...operator];
  const head = [scenario, ...all.map(({ subject }) => subject), 'kube-perftest'];
  const body = rows.map(([what, figure, other = '']) => [what, all.map(figure), other].flat());
  const each = ratios.map((value) => fixed(value, 2)).join(', ');
  return `${table(head, body)}\nratio ${fixed(ratio, 2)} (${each}), by CPU time of all processes ${fixed(cpuRatio, 2)}\n${requestText(operator)}${memoryText(operator)}`;
}

/** Requests of the operator a member by verb and resource, in its middle run. */
function requestText(runs: readonly Figures[]): string {
  const [first] = runs;
  if (!first) return '';
  const names = Object.keys(first.byVerb);
  const each = (name: string) => median(runs.map(({ byVerb, members }) => (byVerb[name] ?? 0) / members));
  return `the operator's requests a member: ${names.map((name) => `${name} ${fixed(each(name), 3)}`).join(', ')}`;
}

function memoryText(runs: readonly Figures[]): string {
  const long = runs.filter(({ members }) => members >= manyMembers);
  if (long.length === 0) return '';
  const texts = long.map((figures) => {
    const { before, after } = figures.heap;
    return `${fixed(before / 1e6, 0)} -> ${fixed(after / 1e6, 0)} MB (${fixed(leftByMember(figures) / 1000, 1)} kB a member)`;
  });
  return `\nthe operator's live objects before and after a run: ${texts.join(', ')}`;
}

function seconds({ p50, p99 }: { p50: number; p99: number }): string {
  return `${fixed(p50, 2)} / ${fixed(p99, 2)}`;
}

function fixed(value: number, digits: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
