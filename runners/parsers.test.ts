import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parseSoak } from './cpusoaker/parse.ts';
import { parseFio } from './fio/parse.ts';
import { fioSamples, parameters as fioParameters } from './fio/testing.ts';
import { parseIperf2 } from './iperf/iperf2.ts';
import { parseIperf3 } from './iperf/iperf3.ts';
import { parseIperf } from './iperf/parse.ts';
import { iperf2Samples, iperf3Samples, parameters as iperfParameters } from './iperf/testing.ts';
import { parseMpiPingPong } from './mpiPingPong/parse.ts';
import { imbSamples, netpipeSamples, parameters as mpiParameters } from './mpiPingPong/testing.ts';
import { parseOpenFoam } from './openFoam/parse.ts';
import { openFoamSamples, parameters as openFoamParameters } from './openFoam/testing.ts';
import { bandwidthParameters, bandwidthSamples, latencyParameters, latencySamples } from './perftest/testing.ts';
import { parsePyTorch } from './pyTorch/parse.ts';
import { parameters as pyTorchParameters, pyTorchSamples } from './pyTorch/testing.ts';
import { parseBandwidth } from './rdmaBandwidth/parse.ts';
import { parseLatency } from './rdmaLatency/parse.ts';
import { workloads } from './registry.ts';
import { sample, sampleNames, toolOutput } from './testing.ts';
import type { Parsed, ToolOutput } from './workload.ts';

// What holds for every parser, whatever comes out of a tool: no throw, no number from a part, no silently changed number.

type Parse = (output: ToolOutput) => Parsed;

const soak: ToolOutput = toolOutput({
  stdout: JSON.stringify({ soak: 1, elapsed: 1.002, cpuTime: 1.5, iterations: [3e6, 2e6] }, undefined, 2),
});

const recordings: [name: string, parse: Parse, output: ToolOutput][] = [
  ...sampleNames(iperf3Samples).map((name): [string, Parse, ToolOutput] => [`iperf3 ${name}`, parseIperf3, sample(iperf3Samples, name)]),
  ...sampleNames(iperf2Samples).map((name): [string, Parse, ToolOutput] => [`iperf2 ${name}`, parseIperf2, sample(iperf2Samples, name)]),
  ...sampleNames(fioSamples).map((name): [string, Parse, ToolOutput] => [`fio ${name}`, parseFio, sample(fioSamples, name)]),
  ...sampleNames(bandwidthSamples).map((name): [string, Parse, ToolOutput] => [
    `rdmaBandwidth ${name}`,
    parseBandwidth,
    sample(bandwidthSamples, name),
  ]),
  ...sampleNames(latencySamples).map((name): [string, Parse, ToolOutput] => [
    `rdmaLatency ${name}`,
    parseLatency,
    sample(latencySamples, name),
  ]),
  ...sampleNames(pyTorchSamples).map((name): [string, Parse, ToolOutput] => [
    `pyTorch ${name}`,
    parsePyTorch,
    sample(pyTorchSamples, name),
  ]),
  ...[imbSamples, netpipeSamples].flatMap((folder) =>
    sampleNames(folder).map((name): [string, Parse, ToolOutput] => [`mpiPingPong ${name}`, parseMpiPingPong, sample(folder, name)]),
  ),
  ...sampleNames(openFoamSamples).map((name): [string, Parse, ToolOutput] => [
    `openFoam ${name}`,
    parseOpenFoam,
    sample(openFoamSamples, name),
  ]),
  ['cpusoaker', parseSoak, soak],
];
const whole = recordings.filter(([, parse, output]) => parse(output).ok);

/** Figures whose amount, time and rate a tool prints, so that a damaged one contradicts the others; a peak stands alone. */
const checked = /^(reverse)?(bandwidth|sentBandwidth)$|^(?!peak).*Bandwidth$|IOPS$|^(messageRate|samplesPerSecond|iterationTimeMedian)$/i;

function numbers(parsed: Parsed): Map<string, number> {
  return new Map(parsed.ok ? parsed.metrics.map(({ name, value }) => [name, value]) : []);
}

describe('a result that was cut gives no number, or the same', () => {
  test.each(whole)('%s', (_, parse, output) => {
    const full = numbers(parse(output));
    fc.assert(
      fc.property(fc.nat({ max: output.stdout.length }), (length) => {
        const cut = numbers(parse({ ...output, stdout: output.stdout.slice(0, length) }));
        for (const [name, value] of cut) expect([name, value]).toEqual([name, full.get(name)]);
      }),
      { numRuns: 300 },
    );
  });
});

const marks = ['0', '1', '5', '9', '.', '-', 'e', '[', ']', '{', '}', '"', ',', ':', ' ', '\n', 'K', 'M', 'G', 'a', '\0'];

describe('one changed character gives no number, or none that is off by more than 2 %', () => {
  test.each(whole.filter(([name]) => name !== 'cpusoaker'))('%s', (_, parse, output) => {
    const full = numbers(parse(output));
    fc.assert(
      fc.property(fc.nat({ max: output.stdout.length - 1 }), fc.constantFrom(...marks), (place, character) => {
        const stdout = `${output.stdout.slice(0, place)}${character}${output.stdout.slice(place + 1)}`;
        const wrong = [...numbers(parse({ ...output, stdout }))].filter(
          ([name, value]) => checked.test(name) && Math.abs(value - (full.get(name) ?? 0)) > 0.02 * (full.get(name) ?? 0),
        );
        expect(wrong).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('whatever a tool prints, its parser answers', () => {
  const pieces = fc.constantFrom(
    '{\n',
    '}\n',
    '"jobs": [',
    '{"client_stats": [{}]}',
    '{\n"end": {"sum_received": null}\n}',
    '{\n"jobs": [null, 5, {"error": 0, "read": {"total_ios": 1}}]\n}',
    '{\n"client_stats": [{"jobname": "All clients", "error": 0}]\n}',
    'Client connecting to a, TCP port 1\n',
    '[  1] local a port 1 connected with b\n',
    '[  1] 0.0000-1.0000 sec  1e9 GBytes  9.9.9 Gbits/sec\n',
    '[SUM] 0.0000-0.0000 sec  0.00 Bytes  0.00 bits/sec\n',
    '[  1] Server Report:\n',
    '"__proto__": 1',
    '{\n"pyTorch": 1, "settings": {"gpus": 0}, "iterationTimes": [1], "losses": [null], "gpus": [{}]\n}',
    'RDMA_Read BW Test\n #bytes #iterations BW peak[Gb/sec] BW average[Gb/sec] MsgRate[Mpps]\n',
    'Send Latency Test\n #bytes #iterations t_avg[usec] tps average\n',
    'nProcs : 1\nStarting time loop\nTime = 1\n',
    'Courant Number mean: 0 max: nan\nExecutionTime = 1 s  ClockTime = 1 s\nEnd\n',
    '{\n"openFoam": 1, "cells": 1, "wallTime": 1, "loopTime": 1, "ranks": [{}]\n}',
    ' 64 1000 0.00 9.99 0.019511\n',
    ' 2 0 1.76 0.00\n',
    `${'-'.repeat(40)}\n`,
    '# Intel(R) MPI Benchmarks 2021.9, MPI-1 part\n# Maximum message length in bytes: 8\n',
    '# Benchmarking PingPong\n# #processes = 2\n #bytes #repetitions t[usec] Mbytes/sec\n',
    ' 0 1000 0.00 0.00\n',
    '\n# All processes entering MPI_Finalize\n',
    '       1 0.000000   0.00000000\n',
    '  0:       1 bytes      3 times -->      0.00 Mbps in       0.00 usec\n',
  );
  const text = fc.array(fc.oneof(pieces, fc.string()), { maxLength: 8 }).map((parts) => parts.join(''));
  const output = fc.record({
    stdout: text,
    stderr: text,
    exitCode: fc.option(fc.integer({ min: 0, max: 255 })),
    signal: fc.option(fc.constantFrom('SIGTERM', 'SIGKILL')),
    elapsed: fc.double(),
  });
  const parsers: [string, Parse][] = [
    ...Object.values(workloads).map((workload): [string, Parse] => [workload.name, (left) => workload.parse(left)]),
    ['sleep as asked for', (left) => workloads['sleep']?.parse(left, { duration: '1s' }) ?? { ok: true, metrics: [] }],
    ['iperf3 as asked for', (left) => parseIperf(left, iperfParameters())],
    ['iperf 2 as asked for', (left) => parseIperf(left, iperfParameters({ version: 2 }))],
    ['fio as asked for', (left) => parseFio(left, fioParameters())],
    ['rdmaBandwidth as asked for', (left) => parseBandwidth(left, bandwidthParameters())],
    ['pyTorch as asked for', (left) => parsePyTorch(left, pyTorchParameters())],
    ['IMB as asked for', (left) => parseMpiPingPong(left, mpiParameters())],
    ['NetPIPE as asked for', (left) => parseMpiPingPong(left, mpiParameters({ tool: 'NetPIPE' }))],
    ['openFoam as asked for', (left) => parseOpenFoam(left, openFoamParameters({ cells: 16, steps: 3 }))],
    ['rdmaLatency as asked for', (left) => parseLatency(left, latencyParameters({ messageSize: 64, duration: '1s' }))],
  ];

  test.each(parsers)('%s', (_, parse) => {
    fc.assert(
      fc.property(output, (left) => {
        const parsed = parse(left);
        if (parsed.ok) expect(parsed.metrics.filter(({ value }) => !Number.isFinite(value))).toEqual([]);
        else expect(parsed.message).toMatch(/^[^\n]+$/);
      }),
    );
  });

  test.each(parsers)('%s gives no number of a tool that failed', (_, parse) => {
    fc.assert(
      fc.property(output, (left) => {
        expect(parse({ ...left, exitCode: 1 }).ok).toBe(false);
      }),
    );
  });
});

test('every workload has a whole recording here, but for sleep, which prints nothing', () => {
  expect([...new Set(whole.map(([name]) => name.split(' ')[0]))]).toEqual([
    'iperf3',
    'iperf2',
    'fio',
    'rdmaBandwidth',
    'rdmaLatency',
    'pyTorch',
    'mpiPingPong',
    'openFoam',
    'cpusoaker',
  ]);
});
