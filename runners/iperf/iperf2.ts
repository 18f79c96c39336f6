import { figures } from '../figures.ts';
import type { Refusal } from '../ending.ts';
import { failedTool, lastWords, refuse } from '../ending.ts';
import type { Parsed, ToolOutput } from '../workload.ts';
import { readReport } from './iperf2-rows.ts';
import type { Report, Row } from './iperf2-rows.ts';
import { rowSeries } from './iperf2-series.ts';
import { flowOf, totalsOf } from './iperf2-totals.ts';
import type { Totals } from './iperf2-totals.ts';
import { metrics, reversed } from './metrics.ts';
import type { Flow } from './metrics.ts';
import type { IperfParameters } from './parameters.ts';
import { streamSeries } from './stream-series.ts';
import { otherRun, secondsOf, shortRun } from './ran.ts';

const unreachable = /connect failed|connection refused|no route|unreachable|did not receive ack|unknown host/i;
// iperf 2 goes on without an option that it does not know, and exits with 0: it then measures something else.
const ignored = /unrecognized option|invalid option|ignor|listener bind failed/i;
const unseen = 'iperf 2 does not print how long it was asked to run; whether the run is whole cannot be seen from its output';

/**
 * Reads the text of iperf 2.1 (its CSV has no sums and no server's report). It exits with 0 in most failures, so a run is good when every
 * stream that connected has a row over the whole time, the sum agrees with the rows, and with UDP the server sent its reports back.
 */
export function parseIperf2(output: ToolOutput, parameters?: IperfParameters): Parsed {
  const said = lastWords(output.stderr);
  if (unreachable.test(said)) return refuse('PeerUnreachable', said);
  if (ignored.test(said)) return refuse('ToolFailed', said);
  const failure = failedTool('iperf', output);
  if (failure) return failure;
  if (/^\d{14},/m.test(output.stdout)) {
    return refuse('OutputUnparsable', "iperf 2's CSV has neither the sum of the streams nor the server's report of UDP; run it without -y");
  }
  const report = readReport(output.stdout);
  const totals = totalsOf(report);
  if ('reason' in totals) return totals;
  const wrong = parameters === undefined ? interrupted(report, totals) : otherTest(report, totals, parameters);
  if (wrong) return wrong;
  const there = forward(report, totals);
  if ('reason' in there) return there;
  const back = report.fullDuplex ? receivedFlow(totals.received) : {};
  if ('reason' in back) return back;
  return {
    ok: true,
    metrics: figures(metrics, { ...there, ...reversed(back) }),
    series: [...rowSeries(report.rows, totals), ...streamSeries(wholeStreams(report, totals))],
    warnings: parameters === undefined ? [unseen] : [],
  };
}

function otherTest(
  { connected, protocol, fullDuplex }: Report,
  { sent, received }: Totals,
  parameters: IperfParameters,
): Refusal | undefined {
  const ran = Math.min(...[...sent, ...received].map(({ end }) => end));
  return (
    otherRun('iperf', [
      ['streams', connected.length, parameters.streams],
      ['protocol', protocol, parameters.protocol],
      ['reverse', sent.length === 0, parameters.reverse],
      ['bidirectional', fullDuplex, parameters.bidirectional],
    ]) ?? shortRun('iperf', ran, secondsOf(parameters.duration))
  );
}

/** Where nobody knows the time that was asked for: the marks that a stopped client, or a report cut behind an interval, leaves. */
function interrupted({ rows, protocol }: Report, { sent, received }: Totals): Refusal | undefined {
  for (const total of [...sent, ...received]) {
    const intervals = rows.filter((row) => row !== total && flowOf(row) === flowOf(total));
    const lengths = intervals.map(({ start, end }) => end - start);
    if ((lengths.at(-1) ?? 0) < (lengths[0] ?? 0) * 0.99) {
      return refuse('Interrupted', `iperf's last interval ends early, at ${total.end} s: it was stopped before the end of the test`);
    }
    if (intervals.length === 0 && protocol === 'TCP' && Number.isInteger(total.end)) {
      return refuse('OutputUnparsable', `iperf's only row ends at exactly ${total.end} s, as an interval does: the total is cut off`);
    }
  }
  return undefined;
}

/** TCP: the client's own rows. UDP: what the receiver got, which the server reports back where the client is the sender. */
function forward({ protocol, connected, serverRows }: Report, { sent, received, sum }: Totals): Flow | Refusal {
  if (sent.length === 0) return receivedFlow(received);
  const sentBandwidth = added(sent, 'rate');
  if (protocol === 'TCP') {
    const retransmits = received.length > 0 ? undefined : (sum ?? sent[0])?.retransmits;
    return { bandwidth: sentBandwidth, sentBandwidth, transferred: added(sent, 'bytes'), retransmits };
  }
  const silent = connected.filter((id) => serverRows.filter((row) => row.id === id).length !== 1);
  if (silent.length > 0)
    return refuse('OutputUnparsable', `the server's report is missing for stream ${silent.join(', ')}; what arrived is unknown`);
  const arrived = receivedFlow(serverRows);
  return 'reason' in arrived ? arrived : { ...arrived, sentBandwidth };
}

function receivedFlow(rows: readonly Row[]): Flow | Refusal {
  const transferred = added(rows, 'bytes');
  if (transferred === 0) return refuse('OutputUnparsable', 'the receiver got nothing');
  const flow = { bandwidth: added(rows, 'rate'), transferred };
  const datagrams = rows.flatMap((row) => row.datagrams ?? []);
  if (datagrams.length === 0) return flow;
  const lost = datagrams.reduce((sum, row) => sum + row.lost, 0);
  const total = datagrams.reduce((sum, row) => sum + row.total, 0);
  if (datagrams.length !== rows.length || total === 0 || lost > total)
    return refuse('OutputUnparsable', `iperf lost ${lost} of ${total} datagrams`);
  return { ...flow, jitter: datagrams.reduce((sum, row) => sum + row.jitter, 0) / datagrams.length, loss: lost / total };
}

/** The rows of each way that its figures are made of. */
function wholeStreams(
  { protocol, serverRows, fullDuplex }: Report,
  { sent, received }: Totals,
): { there: readonly Row[]; back: readonly Row[] } {
  if (sent.length === 0) return { there: received, back: [] };
  return { there: protocol === 'UDP' ? serverRows : sent, back: fullDuplex ? received : [] };
}

function added(rows: readonly Row[], key: 'rate' | 'bytes'): number {
  return rows.reduce((sum, row) => sum + row[key], 0);
}
