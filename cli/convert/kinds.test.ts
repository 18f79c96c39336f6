import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { convertText } from './convert.ts';
import { converters, type Generation, generationOf } from './kinds.ts';

const folder = join(import.meta.dirname, 'testdata');
const files = (generation: string) => readdirSync(join(folder, generation));
const convertFile = (file: string) => convertText(readFileSync(join(folder, file), 'utf8'));

/** What of each file has no counterpart. */
const leftOut: Record<string, string[]> = {
  'stackhpc/benchmark-set.yaml': [],
  'stackhpc/fio.yaml': ['spec.fioPort', 'spec.volumeClaimTemplate.volumeMode'],
  'stackhpc/iperf.yaml': ['spec.image', 'spec.mtu'],
  'stackhpc/mpi-ping-pong.yaml': [],
  'stackhpc/openfoam.yaml': ['spec.iterativeMethod'],
  'stackhpc/pytorch.yaml': ['spec.hostNetwork'],
  'stackhpc/rdma-bandwidth.yaml': [],
  'stackhpc/rdma-latency.yaml': ['spec.mtu'],
  'nscale/benchmark-set.yaml': [],
  'nscale/iperf.yaml': ['spec.jobSet'],
  'nscale/rdma-bandwidth.yaml': ['spec.server.cpuAffinity'],
  'nscale/rdma-latency.yaml': [],
};

describe('KP-50 a manifest of each kind of both generations', () => {
  test.each(Object.entries(leftOut))('%s is valid as ours, and what has no counterpart is named with its line', (file, paths) => {
    const { objects, notes, problems } = convertFile(file);
    expect(problems).toEqual([]);
    expect(objects).toHaveLength(1);
    expect(notes.map(({ path }) => path)).toEqual(paths);
    expect(notes.filter(({ line }) => line < 5)).toEqual([]);
  });

  test.each(['stackhpc', 'nscale'] satisfies Generation[])('there is one of every kind of %s', (generation) => {
    const kinds = files(generation).map((file) => /^kind: (\w+)$/m.exec(readFileSync(join(folder, generation, file), 'utf8'))?.[1]);
    expect(new Set(kinds)).toEqual(new Set([...converters[generation].keys(), 'BenchmarkSet']));
  });
});

test.each([
  ['perftest.stackhpc.com/v1alpha1', 'stackhpc'],
  ['perftest.nscale.com/v1alpha1', 'nscale'],
  ['perftest.stackhpc.com/v2', undefined],
  ['assay.dev/v1alpha1', undefined],
  ['constructor', undefined],
  [undefined, undefined],
])('%s is of %s', (apiVersion, generation) => {
  expect(generationOf(apiVersion)).toBe(generation);
});
