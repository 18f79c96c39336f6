import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { metricsPage } from './metrics-page.ts';
import { workloads } from './registry.ts';
import { sleep } from './sleep/workload.ts';

const page = metricsPage(workloads);

test('a metric is a row with name, unit, direction and description', () => {
  expect(page).toContain('| `bandwidth` | bit/s | higher | What the receiver got, headers not counted, over all streams. |');
});

test('a metric that only describes has no direction', () => {
  expect(page).toContain('| `transferred` | B | - |');
});

test('workloads come in the order of the registry', () => {
  const headings = [...page.matchAll(/^## (\w+)$/gm)].map(([, name]) => name);
  expect(headings).toEqual(Object.keys(workloads));
});

test('a bar in a description does not become a column', () => {
  const barred = { ...sleep, metrics: [{ name: 'either', unit: 's', better: 'Lower', description: 'a | b' }] as const };
  expect(metricsPage({ sleep: barred })).toContain('| a \\| b |');
});

describe('the page in docs', () => {
  const written = readFileSync(join(import.meta.dirname, '../docs/metrics.md'), 'utf8');

  test('is the generated one; run npm run generate', () => {
    expect(written).toBe(page);
  });

  test.each(Object.keys(workloads))('%s has the page that it points to, which names every metric', (name) => {
    const own = readFileSync(join(import.meta.dirname, `../docs/workloads/${name}.md`), 'utf8');
    const missing = (workloads[name]?.metrics ?? []).filter(
      (metric) => !own.includes(`\`${metric.name}\``) && !/^(write|reverse)/.test(metric.name),
    );
    expect(missing.map((metric) => metric.name)).toEqual([]);
  });
});
