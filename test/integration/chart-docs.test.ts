// What docs/install.md says of the chart is so.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { images } from '../cluster/images/images.ts';
import { chart, only, render, type Rule } from './chart.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/install.md'), 'utf8');
const values = parse(readFileSync(join(chart, 'values.yaml'), 'utf8')) as object;

/** The cells of the rows of the table that begins with this header. */
function table(header: string): string[][] {
  const [, body = ''] = page.split(`${header}\n`);
  const [rows = ''] = body.split('\n\n');
  return rows
    .split('\n')
    .slice(1)
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** Names in backticks; one that begins with a dot stands for its neighbour's with another end. */
function namesIn(cell: string): string[] {
  const names: string[] = [];
  for (const [, name = ''] of cell.matchAll(/`([^`]+)`/g))
    names.push(name.startsWith('.') ? (names.at(-1) ?? '').replace(/\.[^.]+$/, name) : name);
  return names;
}

test('every value of its table is there', () => {
  const names = table('| value | default | |').flatMap(([name = '']) => namesIn(name));
  const unknown = names.filter((name) => name.split('.').reduce<unknown>((node, key) => Object(node)[key], values) === undefined);
  expect({ unknown, some: names.includes('metrics.serviceMonitor.labels') }).toEqual({ unknown: [], some: true });
});

test('KP-42 its table of rights is the rights', async () => {
  const told = table('| resource | verbs | for |').map(([what = '', verbs = '']) => [namesIn(what)[0] ?? '', verbs] as const);
  const objects = await render({ backends: { volcano: true, jobSet: true } });
  const rules = ['assay-operator', 'assay-operator-nodes'].flatMap((name) => only(objects, 'ClusterRole', name).rules ?? []);
  // Two kinds of one name are told apart by their groups, as in `jobs.batch`.
  const of = (name: string): Rule['verbs'] => {
    const [resource = '', ...group] = name.split('.');
    const isMeant = ({ apiGroups, resources }: Rule) =>
      resources.includes(resource) && (group.length === 0 || apiGroups.includes(group.join('.')));
    return rules.filter(isMeant).flatMap(({ verbs }) => verbs);
  };
  const real = (resource: string) =>
    of(resource === 'status' || resource === 'finalizers' ? `benchmarks/${resource}` : resource).join(', ');
  expect(told.filter(([name]) => name !== 'leases')).toEqual(
    told.filter(([name]) => name !== 'leases').map(([name]) => [name, real(name)]),
  );
  const named = new Set(told.map(([name]) => name.split('.')[0]));
  expect(rules.flatMap(({ resources }) => resources).filter((resource) => !named.has(resource.replace(/^benchmark(set)?s\//, '')))).toEqual(
    [],
  );
});

test('its policy is one', async () => {
  const [, example = ''] = /```yaml\n(policy:\n.*?)```/s.exec(page) ?? [];
  await expect(render(parse(example) as Record<string, unknown>)).resolves.not.toEqual([]);
});

test('its loops are over every image, and build each from its own Dockerfile', () => {
  const [built = [], copied = []] = [...page.matchAll(/^for image in ([^;]*);/gm)].map(([, words = '']) => words.match(/[^\s\\]+/g) ?? []);
  expect(built.toSorted()).toEqual(
    images.map(({ name, dockerfile }) => `${name.replace('assay-', '')}:${dockerfile.replace('/Dockerfile', '')}`).toSorted(),
  );
  expect(copied).toEqual(built.map((word) => word.split(':')[0]));
});
