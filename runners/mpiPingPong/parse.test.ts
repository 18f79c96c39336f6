import { describe, expect, test } from '@jest/globals';
import { read, sample, sampleNames, toolOutput, values } from '../testing.ts';
import type { Parsed, ToolOutput } from '../workload.ts';
import { imbBenchmarks } from './benchmarks.ts';
import type { BenchmarkName } from './benchmarks.ts';
import type { MpiPingPongParameters } from './parameters.ts';
import { parseMpiPingPong } from './parse.ts';
import { imbSamples, netpipeSamples, parameters } from './testing.ts';

const imb = (name: string) => sample(imbSamples, name);
const netpipe = (name: string) => sample(netpipeSamples, name);
const benchmarkNames = Object.keys(imbBenchmarks) as BenchmarkName[];

function names(parsed: Parsed): string[] {
  return parsed.ok ? (parsed.series ?? []).map(({ name }) => name) : [];
}

describe('KP-2 IMB', () => {
  test('gives the highest bandwidth and the shortest time of a ping-pong, in bit/s and s', () => {
    const parsed = parseMpiPingPong(imb('pingpong_msglog22.txt'), parameters());
    expect(values(parsed)).toEqual({ peakBandwidth: 3364.84 * 8e6, minimumLatency: expect.closeTo(0.36e-6, 12) });
    expect(parsed).toMatchObject({ toolVersion: 'IMB 2021.11' });
  });

  test('gives the whole table as series over the message size', () => {
    const parsed = parseMpiPingPong(imb('pingpong_msglog22.txt'), parameters());
    const sizes = [0, ...Array.from({ length: 23 }, (_, log) => 2 ** log)];
    expect(parsed.ok && parsed.series).toMatchObject([
      { name: 'pingpongLatency', unit: 's', over: { name: 'messageSize', unit: 'B', values: sizes } },
      { name: 'pingpongBandwidth', unit: 'bit/s', over: { name: 'messageSize', unit: 'B', values: sizes } },
    ]);
    expect(parsed.ok && parsed.series?.[0]?.values.at(-1)).toBeCloseTo(13_058.43e-6, 12);
  });

  test('prints the same under Intel MPI', () => {
    expect(values(parseMpiPingPong(imb('intel_pingpong_msglog22.txt'), parameters()))).toEqual({
      peakBandwidth: expect.any(Number),
      minimumLatency: expect.any(Number),
    });
  });

  test('takes its metrics from the first of several benchmarks and keeps the tables of all', () => {
    const asked = parameters({ benchmarks: ['pingpong', 'sendrecv', 'allreduce'], maxMessageLog: 10 });
    const parsed = parseMpiPingPong(imb('multi_msglog10.txt'), asked);
    expect(values(parsed)['peakBandwidth']).toBe(143.34 * 8e6);
    expect(names(parsed)).toEqual(['pingpongLatency', 'pingpongBandwidth', 'sendrecvLatency', 'sendrecvBandwidth', 'allreduceLatency']);
  });

  test('every benchmark that there is can be read', () => {
    const parsed = parseMpiPingPong(imb('intel_all_msglog4.txt'), parameters({ benchmarks: benchmarkNames, maxMessageLog: 4 }));
    expect(new Set(names(parsed).map((name) => name.replace(/(Latency|Bandwidth|MessageRate)$/, '')))).toEqual(
      new Set(benchmarkNames.filter((name) => name !== 'barrier')),
    );
  });

  test('a barrier has a time and no table', () => {
    const parsed = parseMpiPingPong(imb('barrier.txt'), parameters({ benchmarks: ['barrier'] }));
    expect(read(parsed)).toEqual({ minimumLatency: expect.closeTo(0.46e-6, 12) });
    expect(names(parsed)).toEqual([]);
  });

  test('uniband has bandwidth and rates, but no time', () => {
    const parsed = parseMpiPingPong(imb('uniband_msglog4.txt'), parameters({ benchmarks: ['uniband', 'biband'], maxMessageLog: 4 }));
    expect(read(parsed)).toEqual({ peakBandwidth: 4.93 * 8e6 });
    expect(names(parsed)).toEqual(['unibandBandwidth', 'unibandMessageRate', 'bibandBandwidth', 'bibandMessageRate']);
  });

  test('a rate of large messages, which is cut off to whole ones, does not contradict its bandwidth', () => {
    const header = '#bytes #repetitions   Mbytes/sec      Msg/sec';
    const stdout = report('Uniband', header, ['0 9 0.00 900', '4194304 9 1002.40 238']).replace('bytes:   8', 'bytes:   4194304');
    expect(read(parseMpiPingPong(toolOutput({ stdout })))).toEqual({ peakBandwidth: 1002.4 * 8e6 });
  });

  test('a collective operation on 0 bytes, which sends nothing, is no latency', () => {
    const rows = [
      '            0         1000         0.03         0.03         0.03',
      '            4         1000         8.45         8.64         8.54',
      '            8         1000         8.76        10.21         9.49',
    ];
    const stdout = report('Allreduce', '#bytes #repetitions  t_min[usec]  t_max[usec]  t_avg[usec]', rows);
    expect(read(parseMpiPingPong(toolOutput({ stdout }), parameters({ benchmarks: ['allreduce'], maxMessageLog: 3 })))).toEqual({
      minimumLatency: expect.closeTo(8.64e-6, 12),
    });
  });
});

describe('IMB is not believed when it took no time', () => {
  const collective = [0, 1, 2, 4, 8].map((bytes) => `${bytes} 1000 ${bytes === 0 ? '0.00 0.00 0.00' : '2.00 4.00 3.00'}`);
  const times = '#bytes #repetitions t_min[usec] t_max[usec] t_avg[usec]';

  test.each<[string, BenchmarkName, string, string[]]>([
    ['for a message', 'bcast', times, collective.with(4, '8 1000 0.00 0.00 0.00')],
    ['to meet', 'barrier', times.replace('#bytes ', ''), ['1000 0.00 0.00 0.00']],
  ])('%s', (_, name, header, rowsOf) => {
    const output = toolOutput({ stdout: report(imbBenchmarks[name].title, header, rowsOf) });
    expect(parseMpiPingPong(output, parameters({ benchmarks: [name], maxMessageLog: 3 }))).toMatchObject({
      ok: false,
      message: expect.stringContaining('whose figures do not agree'),
    });
  });

  test('but for nothing at all', () => {
    const output = toolOutput({ stdout: report('Bcast', times, collective) });
    expect(read(parseMpiPingPong(output, parameters({ benchmarks: ['bcast'], maxMessageLog: 3 })))).toEqual({
      minimumLatency: expect.closeTo(4e-6, 12),
    });
  });
});

function report(title: string, header: string, rows: string[], processes = 2): string {
  return [
    '#    Intel(R) MPI Benchmarks 2021.9, MPI-1 part',
    '# Maximum message length in bytes:   8',
    `# Benchmarking ${title} `,
    `# #processes = ${processes} `,
    header,
    ...rows,
    '',
    '# All processes entering MPI_Finalize',
    '',
  ].join('\n');
}

const pingpong = '#bytes #repetitions      t[usec]   Mbytes/sec';
const rows = ['0 1000 5.00 0.00', '1 1000 5.00 0.20', '2 1000 5.00 0.40', '4 1000 5.00 0.80', '8 1000 5.00 1.60'];

describe('IMB is not believed', () => {
  const asked = parameters({ maxMessageLog: 3 });

  test('but in what is whole', () => {
    expect(read(parseMpiPingPong(toolOutput({ stdout: report('PingPong', pingpong, rows) }), asked))).toEqual({
      peakBandwidth: 12_800_000,
      minimumLatency: expect.closeTo(5e-6, 12),
    });
  });

  test.each<[string, string, string]>([
    [
      'a row that is missing at the end',
      report('PingPong', pingpong, rows.slice(0, -1)),
      '4 message sizes of PingPong up to 4 B where 5 up to 8 B',
    ],
    ['a row that is missing in the middle', report('PingPong', pingpong, rows.toSpliced(2, 1)), '4 message sizes'],
    ['another number of processes', report('PingPong', pingpong, rows, 4), 'measured PingPong with 4 processes where 2 were asked for'],
    ['another benchmark', report('PingPing', pingpong, rows), 'measured PingPing where pingpong was asked for'],
    ['one that is not known', report('Window', pingpong, rows), 'measured Window where pingpong was asked for'],
    ['other columns', report('PingPong', '#bytes #repetitions t[msec] Mbytes/sec', rows), 'columns that are not known here'],
    [
      'a time that does not fit the bandwidth',
      report('PingPong', pingpong, rows.with(4, '8 1000 6.00 1.60')),
      'do not agree: 8 1000 6.00 1.60',
    ],
    ['a bandwidth of nothing', report('PingPong', pingpong, rows.with(0, '0 1000 5.00 1.00')), 'do not agree'],
    ['no time at all', report('PingPong', pingpong, rows.with(4, '8 1000 0.00 0.00')), 'do not agree'],
    [
      'a row of words',
      report('PingPong', pingpong, rows.with(4, '8 out-of-mem.; needed X= 1 GB. use flag -mem')),
      'no row of figures: 8 out-of-mem.',
    ],
    ['no end', report('PingPong', pingpong, rows).replace(/# All.*\n/, ''), 'did not come to its end'],
    ['two runs in one', report('PingPong', pingpong, rows).repeat(2), 'did not come to its end'],
  ])('with %s', (_, stdout, message) => {
    expect(parseMpiPingPong(toolOutput({ stdout }), asked)).toEqual({
      ok: false,
      reason: 'OutputUnparsable',
      message: expect.stringContaining(message),
    });
  });

  test.each([
    ['err_bad_benchmark.txt', 'Invalid benchmark name pingpongx'],
    ['err_bad_option.txt', 'Invalid benchmark name -foo'],
    ['err_np1_pingpong.txt', 'measured nothing: Benchmark PingPong invalid for 1 processes'],
    ['err_killed_midrun.txt', 'did not come to its end'],
    ['timelimit_msglog22.txt', 'no row of figures: 524288 time-out.'],
    ['list.txt', 'first lines are missing'],
    ['pingpong_multi0_np4.txt', 'Multi-PingPong'],
    ['sendrecv_np4_npmin2_msglog4.txt', 'measured Sendrecv more than once'],
  ])('in the recording %s', (name, message) => {
    expect(parseMpiPingPong({ ...imb(name), stdout: imb(name).stdout })).toMatchObject({ ok: false });
    expect(parseMpiPingPong(imb(name), parameters(name.startsWith('send') ? { benchmarks: ['sendrecv'] } : {}))).toMatchObject({
      ok: false,
    });
    expect(JSON.stringify(parseMpiPingPong(imb(name)))).toContain(name === 'list.txt' ? '' : message);
  });
});

describe('KP-2 NetPIPE', () => {
  const asked = parameters({ tool: 'NetPIPE', maxMessageLog: 16 });

  test('gives the highest bandwidth and the shortest time; its Mbit are 2^20 bit', () => {
    expect(values(parseMpiPingPong(netpipe('pingpong_u65536.txt'), asked))).toEqual({
      peakBandwidth: expect.any(Number),
      minimumLatency: expect.closeTo(4.8e-6, 7),
    });
  });

  test('gives the whole table as series over the message size', () => {
    const parsed = parseMpiPingPong(netpipe('pingpong_u65536.txt'), asked);
    const [latency, bandwidth] = parsed.ok ? (parsed.series ?? []) : [];
    expect([latency?.name, bandwidth?.name]).toEqual(['pingpongLatency', 'pingpongBandwidth']);
    expect(latency).toMatchObject({ over: { values: expect.arrayContaining([1, 2, 3, 4, 6, 49_152, 65_536]) } });
    expect(bandwidth?.values[0]).toBeCloseTo(1.588089 * 2 ** 20, 3);
  });

  test.each([
    ['a slow row, whose bandwidth has few digits', '       2 0.010635   0.00143475', '      0.01 Mbps in    1434.75 usec', 0.00143475],
    [
      'a fast row, whose time has few digits',
      '       2 3.180124   0.00000480',
      '      3.18 Mbps in       4.80 usec',
      16 / (3.180124 * 2 ** 20),
    ],
  ])('takes the time of %s as exactly as it is told', (_, row, told, seconds) => {
    const stderr = `  0:       2 bytes     20 times --> ${told}\n`;
    const parsed = parseMpiPingPong(toolOutput({ stdout: `${row}\n`, stderr }));
    expect(values(parsed)['minimumLatency']).toBeCloseTo(seconds, 14);
  });

  test('may have other sizes where nobody asked for any', () => {
    expect(read(parseMpiPingPong(netpipe('np_n100_u65536.txt')))).toMatchObject({ peakBandwidth: expect.any(Number) });
    expect(parseMpiPingPong(netpipe('np_n100_u65536.txt'), asked)).toMatchObject({ message: expect.stringContaining('were asked for') });
  });

  test.each([
    ['streams in both directions', netpipe('np_bidir.txt'), 'no ping-pong'],
    [
      'fewer sizes than it told of',
      { ...netpipe('pingpong_u65536.txt'), stdout: netpipe('pingpong_u65536.txt').stdout.replace(/.*\n$/, '') },
      '31 rows of results where it had told of 32',
    ],
    [
      'a figure that differs from what it told',
      { ...netpipe('pingpong_u65536.txt'), stdout: netpipe('pingpong_u65536.txt').stdout.replace('1.588089', '1.688089') },
      'do not agree',
    ],
    ['no result', toolOutput(), 'printed no result'],
    ['a run that was killed', netpipe('err_killed_midrun.txt'), 'printed no result'],
  ])('is not believed with %s', (_, output, message) => {
    expect(parseMpiPingPong(output, asked)).toEqual({ ok: false, reason: 'OutputUnparsable', message: expect.stringContaining(message) });
  });
});

test.each([
  ...sampleNames(imbSamples).map((name) => [`imb ${name}`, imb(name)] as const),
  ...sampleNames(netpipeSamples).map((name) => [`netpipe ${name}`, netpipe(name)] as const),
])('a recording of an error gives no number: %s', (name, output) => {
  if (name.includes(' err_')) expect(parseMpiPingPong(output).ok).toBe(false);
  expect(parseMpiPingPong({ ...output, exitCode: 1 }).ok).toBe(false);
});

test('without knowing the tool, its output tells it', () => {
  expect(parseMpiPingPong(imb('barrier.txt'))).toMatchObject({ ok: true, toolVersion: 'IMB 2021.11' });
  expect(parseMpiPingPong(netpipe('pingpong_u65536.txt'))).toMatchObject({ ok: true });
});

describe('of lines that are lost, said twice or between others there is the same result or none', () => {
  const whole: [string, ToolOutput, Partial<MpiPingPongParameters>][] = [
    ['IMB', imb('pingpong_msglog22.txt'), {}],
    ['all benchmarks of IMB', imb('intel_all_msglog4.txt'), { benchmarks: benchmarkNames, maxMessageLog: 4 }],
    ['NetPIPE', netpipe('pingpong_u65536.txt'), { tool: 'NetPIPE', maxMessageLog: 16 }],
  ];

  test.each(whole)('%s', (_, output, changes) => {
    const result = parseMpiPingPong(output, parameters(changes));
    expect(result.ok).toBe(true);
    const lines = output.stdout.split('\n');
    const ways: [string, (at: number) => string[]][] = [
      ['lost', (at) => lines.toSpliced(at, 1)],
      ['said twice', (at) => lines.toSpliced(at, 0, lines[at] ?? '')],
      ['after a warning', (at) => lines.toSpliced(at, 0, 'mpirun: a warning of 8 1000 5.00 1.60')],
      ['after a comment', (at) => lines.toSpliced(at, 0, '# a comment')],
    ];
    const wrong = ways.flatMap(([way, changed]) =>
      lines.flatMap((line, at) => {
        const parsed = parseMpiPingPong({ ...output, stdout: changed(at).join('\n') }, parameters(changes));
        return parsed.ok && JSON.stringify(parsed) !== JSON.stringify(result) ? [`line ${at} ${way}: ${line}`] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });
});

describe('the headline is a figure of the table', () => {
  test.each(benchmarkNames)('%s', (name) => {
    const all = parseMpiPingPong(imb('intel_all_msglog4.txt'));
    const series = all.ok ? (all.series ?? []) : [];
    const alone = imb('intel_all_msglog4.txt').stdout.split(/^#-+\n(?=# Benchmarking)/m);
    const [head = '', ...tables] = alone;
    const own = tables.find((table) => table.startsWith(`# Benchmarking ${imbBenchmarks[name].title} `)) ?? '';
    const end = '\n\n# All processes entering MPI_Finalize\n';
    const found = values(parseMpiPingPong(toolOutput({ stdout: `${head}${own.replace(end, '')}${end}` })));
    const of = (suffix: string) => series.find((one) => one.name === `${name}${suffix}`)?.values ?? [];
    expect(Object.keys(found)).not.toEqual([]);
    if (of('Bandwidth').length > 0) expect(found['peakBandwidth']).toBe(Math.max(...of('Bandwidth')));
    if (of('Latency').length > 0) expect(of('Latency')).toContain(found['minimumLatency']);
  });
});
