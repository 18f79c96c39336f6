import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { Results } from '../results.ts';
import { reportSummary } from './builders.ts';
import { printResults } from './print.ts';

const results = (name: string): Results => ({
  name,
  summary: reportSummary({ name }),
  files: { 'results.csv': `run,metric\n${name}-0-0,bandwidth\n`, 'summary.md': `# ${name}\n` },
});

describe('one object', () => {
  test.each([
    ['json', (text: string) => (JSON.parse(text) as { name: string }).name, 'net'],
    ['yaml', (text: string) => (parse(text) as { name: string }).name, 'net'],
    ['csv', (text: string) => text, 'run,metric\nnet-0-0,bandwidth'],
    ['markdown', (text: string) => text, '# net'],
    ['table', (text: string) => text.split(':')[0], 'BenchmarkSet net'],
  ] as const)('%s', (format, read, expected) => {
    expect(read(printResults([results('net')], format))).toBe(expected);
  });
});

describe('two objects', () => {
  const both = [results('net'), results('disk')];

  test('json is a list', () => {
    expect((JSON.parse(printResults(both, 'json')) as { name: string }[]).map(({ name }) => name)).toEqual(['net', 'disk']);
  });

  test('csv has one header', () => {
    expect(printResults(both, 'csv')).toBe('run,metric\nnet-0-0,bandwidth\ndisk-0-0,bandwidth');
  });

  test('markdown pages follow each other', () => {
    expect(printResults(both, 'markdown')).toBe('# net\n\n# disk');
  });
});

test('one of two that were asked for is a list, too', () => {
  expect(JSON.parse(printResults([results('net')], 'json', 2))).toHaveLength(1);
});
