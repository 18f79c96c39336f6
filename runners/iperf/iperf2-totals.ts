import { refuse } from '../ending.ts';
import type { Refusal } from '../ending.ts';
import type { Report, Row } from './iperf2-rows.ts';

/** The rows of a run over its whole time, one for each stream and direction. */
export interface Totals {
  sent: Row[];
  received: Row[];
  /** Over all streams and directions; there where the rows are more than one. */
  sum?: Row;
}

/** Finds the totals. A report that lacks one of them, or whose rows contradict each other, was cut, damaged or of a run that did not end. */
export function totalsOf(report: Report): Totals | Refusal {
  const { connected, rows } = report;
  const totals = [...new Set(rows.map(flowOf))].filter((flow) => !flow.includes('SUM')).flatMap((flow) => total(rows, flow) ?? []);
  const sent = totals.filter((row) => !row.received);
  const received = totals.filter((row) => row.received);
  const expected = connected.length * (report.fullDuplex ? 2 : 1);
  if (connected.length === 0 || report.protocol === undefined) {
    return refuse('OutputUnparsable', 'iperf printed no connection; its result needs the whole report of one client');
  }
  if (totals.length !== expected || new Set(connected).size !== connected.length) {
    return refuse('OutputUnparsable', `iperf reports ${totals.length} whole rows where ${expected} belong to ${connected.length} streams`);
  }
  if ([...totals, ...report.serverRows].some(({ consistent }) => !consistent)) {
    return refuse('OutputUnparsable', 'a row of iperf contradicts itself: its transfer in its time is not its bandwidth');
  }
  if (report.fullDuplex ? sent.length !== received.length : sent.length > 0 && received.length > 0) {
    const ways = report.fullDuplex ? 'as many each way' : 'one way only';
    return refuse('OutputUnparsable', `iperf reports ${sent.length} streams sent and ${received.length} received, where it ran ${ways}`);
  }
  const sum = total(rows, 'SUM');
  // One stream that goes both ways has a sum in some runs only.
  if (sum === undefined && connected.length === 1) return { sent, received };
  const bytes = totals.reduce((added, row) => added + row.bytes, 0);
  if (sum === undefined || Math.abs(sum.bytes - bytes) > 0.01 * bytes) {
    return refuse(
      'OutputUnparsable',
      `iperf's streams transferred ${Math.round(bytes)} B, but its sum is ${sum === undefined ? 'missing' : `${sum.bytes} B`}`,
    );
  }
  return { sent, received, sum };
}

/** Names the stream and direction that a row belongs to. */
export function flowOf({ id, received }: Row): string {
  return received ? `*${id}` : id;
}

/** The last row that starts at 0, unless another one of the flow ends later: then the total is missing. */
function total(rows: readonly Row[], flow: string): Row | undefined {
  const own = rows.filter((row) => flowOf(row) === flow);
  const last = own.findLast(({ start }) => start === 0);
  return last !== undefined && own.every(({ end }) => end <= last.end) ? last : undefined;
}
