import { parseArgs } from 'node:util';
import type { Size } from './run.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios.ts';

export interface Options extends Size {
  scenarios: readonly Scenario[];
  /** Runs of the bare loop and of the operator for each scenario. */
  rounds: number;
  /** File for all figures. */
  json?: string;
}

const options = {
  members: { type: 'string', default: '200' },
  parallelism: { type: 'string', default: '100' },
  scenarios: { type: 'string', default: 'all' },
  rounds: { type: 'string', default: '3' },
  json: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

export const usage = `npm run bench -- [OPTION ...]
Runs sets on a real API server with fake nodes, by the operator and by a bare loop of the same API writes, in turn,
and holds the figures against limits: exit code 1 when one is missed. docs/performance.md says what the figures mean.
  --members N         members of a set (${options.members.default})
  --parallelism N     members at once (${options.parallelism.default})
  --scenarios NAMES   ${scenarios.map(({ name, title }) => `${name}: ${title}`).join('; ')} (${options.scenarios.default})
  --rounds N          runs of each, per scenario (${options.rounds.default})
  --json FILE         writes all figures there`;

/** @returns 'help' when that is asked for. @throws Error naming the option, its value and what is allowed */
export function readOptions(words: string[]): Options | 'help' {
  const { values } = parseArgs({ args: words, options, strict: true, allowPositionals: false });
  if (values.help) return 'help';
  return {
    members: wholeNumber('members', values.members, 10_000),
    parallelism: wholeNumber('parallelism', values.parallelism, 1000),
    rounds: wholeNumber('rounds', values.rounds, 100),
    scenarios: chosen(values.scenarios),
    ...(values.json !== undefined && { json: values.json }),
  };
}

function wholeNumber(name: string, text: string, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= most) return value;
  throw new Error(`--${name}: ${JSON.stringify(text)} is not allowed; 1 to ${most}`);
}

function chosen(text: string): readonly Scenario[] {
  if (text === 'all') return scenarios;
  return text.split(',').map((name) => {
    const found = scenarios.find((scenario) => scenario.name === name);
    if (found) return found;
    throw new Error(`--scenarios: ${JSON.stringify(name)} is not allowed; all, or some of ${scenarios.map((one) => one.name).join(',')}`);
  });
}
