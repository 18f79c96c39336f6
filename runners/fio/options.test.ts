import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { extraOptions, jobFileOptions } from './options.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/workloads/fio.md'), 'utf8');

test('the page names every allowed option', () => {
  expect(jobFileOptions.filter(({ name }) => !page.includes(`\`${name}\``) && !['blocksize', 'readwrite'].includes(name))).toEqual([]);
});

test('no option is listed twice', () => {
  const names = jobFileOptions.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});

test('what a parameter sets is no further option', () => {
  const own = new Set([
    'rw',
    'bs',
    'iodepth',
    'ioengine',
    'numjobs',
    'size',
    'nrfiles',
    'direct',
    'rwmixread',
    'percentage_random',
    'fdatasync',
    'thread',
    'rate',
  ]);
  expect(extraOptions.filter(({ name }) => own.has(name))).toEqual([]);
});

test.each([
  ['bs', '4k', true],
  ['bs', '128KiB', true],
  ['bs', '4k,8k', true],
  ['size', '50%', true],
  ['size', '1g', true],
  ['size', '-1', false],
  ['rw', 'randrw', true],
  ['rw', 'randtrim', false],
  ['rw', 'read;id', false],
  ['ioengine', 'libaio', true],
  ['ioengine', 'exec', false],
  ['ioengine', 'net', false],
  ['direct', '1', true],
  ['direct', '2', false],
  ['bssplit', '4k/60:64k/40', true],
  ['cpus_allowed', '0-3,5', true],
  ['thinktime', '5ms', true],
  ['thinktime', '5 ms', false],
  ['rwmixread', '100', true],
  ['rwmixread', '101', false],
  ['latency_percentile', '99.9', true],
  ['fallocate', 'none', true],
  ['fallocate', '$(id)', false],
])('%s=%s: %j', (name, value, allowed) => {
  expect(jobFileOptions.find((option) => option.name === name)?.value?.test(value)).toBe(allowed);
});
