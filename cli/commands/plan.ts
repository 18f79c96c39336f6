import { Command, Option } from 'commander';
import { type Forecast, forecast } from '../forecast.ts';
import { readManifests } from '../manifests.ts';
import { valueText } from '../output/value-text.ts';
import { secondsText } from '../progress/line.ts';
import { table } from '../table.ts';

const shownRuns = 20;

export function planCommand(): Command {
  return new Command('plan')
    .description('Show what the files would run, without running it: cells, order, pods and estimated time.')
    .argument('<file...>', 'YAML or JSON files, or folders of them; - is standard input')
    .addOption(new Option('-o, --output <format>', 'how to print').choices(['table', 'json']).default('table'))
    .action((files: string[], { output }: { output: 'table' | 'json' }) => {
      const forecasts = readManifests(files).map(forecast);
      console.log(output === 'json' ? JSON.stringify(forecasts, null, 2) : forecasts.map(describe).join('\n\n'));
    });
}

function describe({ kind, name, workload, cells, runs, parallelism, podsAtOnce, seconds, notes }: Forecast): string {
  const first = runs.slice(0, shownRuns).map((run) => `  ${run}`);
  const more = runs.length > shownRuns ? [`  ... and ${runs.length - shownRuns} more`] : [];
  return [
    `${kind} ${name}: ${workload}, ${runs.length} run${runs.length === 1 ? '' : 's'}, ${parallelism} at once, ` +
      `up to ${podsAtOnce} pod${podsAtOnce === 1 ? '' : 's'}, about ${secondsText(seconds)}`,
    ...notes,
    table(
      ['cell', 'coordinates', 'pods', 'time of one run'],
      cells.map((cell) => [
        String(cell.index),
        Object.entries(cell.coordinates)
          .map(([path, value]) => `${path}=${valueText(value)}`)
          .join(' ') || '-',
        String(cell.pods),
        secondsText(cell.seconds),
      ]),
    ),
    'order:',
    ...first,
    ...more,
  ].join('\n');
}
