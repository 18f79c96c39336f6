import type { MetricDefinition } from '../measure/metric.ts';
import type { Workload } from './workload.ts';

const heading = `# Metrics

<!-- Generated from runners/*/metrics.ts by \`npm run generate\`; do not edit. -->

Every value is stored in an SI base unit; prefixes such as G or m exist only in text for people. \`ratio\` is 1 for 100 %, and for CPU time
1 for one core. "Better" is the direction of an improvement; metrics without one describe the run and are not judged. A metric that a run
does not have (reads of a run that only writes, retransmits of UDP) is absent, never 0.
`;

/** The page that lists all metrics by workload, in Markdown. */
export function metricsPage(workloads: Readonly<Record<string, Workload>>): string {
  return [heading, ...Object.values(workloads).map(section)].join('\n');
}

function section({ name, title, metrics }: Workload): string {
  const rows = metrics.map((metric) => row([`\`${metric.name}\``, metric.unit, direction(metric), metric.description]));
  const table = [row(['Name', 'Unit', 'Better', 'What it is']), row(['---', '---', '---', '---']), ...rows];
  return [`## ${name}`, '', `${title}. Parameters and pitfalls: [${name}](workloads/${name}.md).`, '', ...table, ''].join('\n');
}

function direction({ better }: MetricDefinition): string {
  return better === 'None' ? '-' : better.toLowerCase();
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
