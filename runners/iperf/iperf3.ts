import { parseBitrate, parseSize } from '../../measure/quantity.ts';
import { at, listAt, numberAt, textAt, wholeDocument } from '../document.ts';
import { figures } from '../figures.ts';
import type { Refusal } from '../ending.ts';
import { failedTool, lastWords, refuse } from '../ending.ts';
import type { Parsed, ToolOutput } from '../workload.ts';
import { metrics, reversed } from './metrics.ts';
import type { Flow } from './metrics.ts';
import type { IperfParameters } from './parameters.ts';
import { otherRun, secondsOf, shortRun } from './ran.ts';
import { intervalSeries } from './iperf3-series.ts';

const unreachable = /unable to connect|refused|unreachable|no route|timed out|not known|busy/i;

/**
 * Reads `iperf3 --json`. A run is good when there is no `error` (iperf3 exits with 0 when it fails), the test is the one asked for, it lasted
 * its time, the receiver got something, and each sum's rate agrees with its bytes and seconds.
 */
export function parseIperf3(output: ToolOutput, parameters?: IperfParameters): Parsed {
  const read = wholeDocument('iperf3', output.stdout);
  if (!read.ok) return withoutDocument(output) ?? read;
  const { document } = read;
  const failure =
    reported(at(document, 'error')) ?? failedTool('iperf3', output) ?? otherTest(document, parameters) ?? unfinished(document);
  if (failure) return failure;

  const forward = flow(document, '');
  if ('reason' in forward) return forward;
  const backward = isBidirectional(document) ? flow(document, '_bidir_reverse') : {};
  if ('reason' in backward) return backward;
  const version = textAt(document, 'start', 'version');
  return {
    ok: true,
    metrics: figures(metrics, {
      ...forward,
      ...reversed(backward),
      clientCPU: cores(document, 'host_total'),
      serverCPU: cores(document, 'remote_total'),
    }),
    series: intervalSeries(document),
    ...(version === undefined ? {} : { toolVersion: version }),
  };
}

function withoutDocument(output: ToolOutput): Refusal | undefined {
  const said = lastWords(output.stderr);
  if (unreachable.test(said)) return refuse('PeerUnreachable', said);
  if (/^Connecting to host/m.test(output.stdout)) return refuse('OutputUnparsable', "this is iperf3's text for people; run it with --json");
  return failedTool('iperf3', output) ?? (said === '' ? undefined : refuse('ToolFailed', said));
}

/** What iperf3 itself calls an error, in words of ours where the cause is known. */
function reported(error: unknown): Refusal | undefined {
  if (error === undefined) return undefined;
  const said = lastWords(typeof error === 'string' ? error : JSON.stringify(error));
  if (unreachable.test(said)) return refuse('PeerUnreachable', said);
  if (said.startsWith('interrupt')) return refuse('Interrupted', `iperf3 was stopped before the end of the test: ${said}`);
  return refuse('ToolFailed', `iperf3 says: ${said}`);
}

function otherTest(document: unknown, parameters: IperfParameters | undefined): Refusal | undefined {
  if (parameters === undefined) return undefined;
  const { protocol, streams, duration, omit, reverse, bidirectional, bitrate, length } = parameters;
  const test = (key: string) => at(document, 'start', 'test_start', key);
  return otherRun('iperf3', [
    ['protocol', test('protocol'), protocol],
    ['streams', test('num_streams'), streams],
    ['duration', test('duration'), secondsOf(duration)],
    ['omit', test('omit'), secondsOf(omit)],
    ['reverse', test('reverse'), reverse ? 1 : 0],
    ['bidirectional', isBidirectional(document), bidirectional],
    ...(bitrate === undefined ? [] : [['bitrate', test('target_bitrate'), parseBitrate(bitrate)] as const]),
    ...(length === undefined ? [] : [['length', test('blksize'), parseSize(length)] as const]),
  ]);
}

/** The end must tell of every stream, and of the whole time (a test by bytes or blocks has the duration 0). */
function unfinished(document: unknown): Refusal | undefined {
  const expected = (numberAt(document, 'start', 'test_start', 'num_streams') ?? 0) * (isBidirectional(document) ? 2 : 1);
  const found = listAt(document, 'end', 'streams').length;
  if (expected === 0 || found !== expected) return refuse('OutputUnparsable', `iperf3 reports ${found} of ${expected} streams`);
  const asked = numberAt(document, 'start', 'test_start', 'duration') ?? 0;
  return (
    shortRun('iperf3', numberAt(document, 'end', 'sum_sent', 'seconds') ?? 0, asked) ??
    shortRun('iperf3', numberAt(document, 'end', 'sum_received', 'seconds') ?? 0, asked)
  );
}

/** One direction. iperf3's `sum` is what was sent with UDP, so only sum_sent and sum_received are read. */
function flow(document: unknown, suffix: '' | '_bidir_reverse'): Flow | Refusal {
  const sent = sum(document, `sum_sent${suffix}`);
  if ('reason' in sent) return sent;
  const received = sum(document, `sum_received${suffix}`);
  if ('reason' in received) return received;
  if (received.bytes === 0) return refuse('OutputUnparsable', 'the receiver got nothing');
  const udp = textAt(document, 'start', 'test_start', 'protocol') === 'UDP';
  const lossPercent = numberAt(document, 'end', `sum_received${suffix}`, 'lost_percent');
  const jitter = numberAt(document, 'end', `sum_received${suffix}`, 'jitter_ms');
  if (udp && (jitter === undefined || lossPercent === undefined || lossPercent < 0 || lossPercent > 100)) {
    return refuse('OutputUnparsable', "iperf3's UDP report lacks a jitter or a loss between 0 and 100 %");
  }
  return {
    bandwidth: received.rate,
    sentBandwidth: sent.rate,
    transferred: received.bytes,
    retransmits: numberAt(document, 'end', `sum_sent${suffix}`, 'retransmits'),
    jitter: jitter === undefined ? undefined : jitter / 1000,
    loss: lossPercent === undefined ? undefined : lossPercent / 100,
  };
}

function sum(document: unknown, name: string): { rate: number; bytes: number } | Refusal {
  const [rate, bytes, seconds] = ['bits_per_second', 'bytes', 'seconds'].map((key) => numberAt(document, 'end', name, key));
  if (rate === undefined || bytes === undefined || seconds === undefined || seconds <= 0) {
    return refuse('OutputUnparsable', `iperf3's result lacks end.${name}`);
  }
  const computed = (bytes * 8) / seconds;
  if (rate < 0 || Math.abs(computed - rate) > 0.01 * computed) {
    return refuse('OutputUnparsable', `iperf3's end.${name} contradicts itself: ${bytes} B in ${seconds} s are not ${rate} bit/s`);
  }
  return { rate, bytes };
}

function isBidirectional(document: unknown): boolean {
  return at(document, 'end', 'sum_received_bidir_reverse') !== undefined;
}

/** iperf3 gives CPU time in percent of one core. */
function cores(document: unknown, key: string): number | undefined {
  const percent = numberAt(document, 'end', 'cpu_utilization_percent', key);
  return percent === undefined || percent < 0 ? undefined : percent / 100;
}
