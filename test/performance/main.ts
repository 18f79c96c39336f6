// The operator against a bare loop of the same API writes, on a real API server with fake nodes: npm run bench -- --help
import { writeFile } from 'node:fs/promises';
import { startBench } from './bench.ts';
import type { Bench } from './bench.ts';
import { compare, orderOf } from './comparison.ts';
import type { Comparison } from './comparison.ts';
import type { Figures } from './figures.ts';
import { gatesOf, gateText } from './gates.ts';
import { readOptions, usage } from './options.ts';
import type { Options } from './options.ts';
import { scenarioTable } from './report.ts';
import { runSet } from './run.ts';
import type { Scenario } from './scenario.ts';

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') console.log(usage);
  else process.exitCode = (await measured(options)) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** @returns whether every limit was kept */
async function measured(options: Options): Promise<boolean> {
  const bench = await startBench({ scenarios: options.scenarios });
  const end = () => void bench.stop().finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
  try {
    const results: { scenario: Scenario; comparison: Comparison }[] = [];
    for (const scenario of options.scenarios) {
      const comparison = compare(scenario.name, await rounds(bench, scenario, options));
      console.log(`\n${scenario.title}, ${options.members} members, ${options.parallelism} at once\n${scenarioTable(comparison)}`);
      results.push({ scenario, comparison });
    }
    const gates = results.flatMap(({ scenario, comparison }) => gatesOf(scenario, comparison));
    console.log(`\n${gates.map(gateText).join('\n')}`);
    for (const fault of bench.faults()) console.error('a pod was not ended:', fault);
    if (options.json !== undefined) await writeFile(options.json, JSON.stringify({ results: results.map((one) => one.comparison), gates }));
    return gates.every(({ passed }) => passed);
  } finally {
    await bench.stop();
  }
}

async function rounds(bench: Bench, scenario: Scenario, options: Options): Promise<Figures[]> {
  const runs: Figures[] = [];
  for (const subject of orderOf(options.rounds)) {
    const figures = await runSet(bench, scenario, subject, options);
    console.error(`${scenario.name}, ${subject}: ${figures.membersPerSecond.toFixed(1)} members/s`);
    runs.push(figures);
  }
  return runs;
}
