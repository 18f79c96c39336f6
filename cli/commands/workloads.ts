import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { parse } from 'yaml';
import { workloads } from '../../runners/registry.ts';
import type { Workload } from '../../runners/workload.ts';
import { table } from '../table.ts';
import { workloadNamed } from '../workload-named.ts';

/** The parts of a parameter's schema that a reader of help wants. */
interface ParameterSchema {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
}

interface BlockSchema {
  description?: string;
  properties?: Record<string, ParameterSchema>;
}

export function workloadsCommand(): Command {
  return new Command('workloads')
    .description('List the workloads, or the parameters and metrics of one.')
    .argument('[name]')
    .action((name?: string) => {
      console.log(name === undefined ? listing() : details(name));
    });
}

function listing(): string {
  const rows = Object.values(workloads).map(({ name, title, metrics }) => [name, title, String(metrics.length)]);
  return `${table(['workload', 'measures', 'metrics'], rows)}\n\nassay workloads NAME shows parameters and metrics.`;
}

function details(name: string): string {
  const workload = workloadNamed(name);
  const { description, properties = {} } = schemaOf(workload);
  const parameters = Object.entries(properties).map(([parameter, schema]) => [
    parameter,
    allowed(schema),
    schema.default === undefined ? '' : JSON.stringify(schema.default),
    firstSentence(schema.description),
  ]);
  const metrics = workload.metrics.map(({ name: metric, unit, better, description: text }) => [metric, unit, better, firstSentence(text)]);
  return [
    `${workload.title}. ${description ?? ''}`.trim(),
    '',
    table(['parameter', 'values', 'default', ''], parameters),
    '',
    table(['metric', 'unit', 'better', ''], metrics),
  ].join('\n');
}

function schemaOf(workload: Workload): BlockSchema {
  const schema: BlockSchema = parse(readFileSync(join(import.meta.dirname, '../../runners', workload.name, 'schema.yaml'), 'utf8'));
  return schema;
}

function allowed({ type, enum: values, minimum, maximum }: ParameterSchema): string {
  if (values) return values.join(' | ');
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  if (minimum !== undefined) return `${minimum} or more`;
  return type ?? '';
}

function firstSentence(text = ''): string {
  return text.split(/(?<=\.)\s/, 1)[0] ?? '';
}
