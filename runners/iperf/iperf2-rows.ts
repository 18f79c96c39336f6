/** One row of iperf 2's report. Times in seconds, bytes in B, rate in bit/s. */
export interface Row {
  /** Number of the stream, or SUM. */
  id: string;
  /** True for what the client received: marked `*` in a reverse or full-duplex run. */
  received: boolean;
  start: number;
  end: number;
  bytes: number;
  rate: number;
  /** False where rate and bytes do not belong together, beyond what rounding explains. */
  consistent: boolean;
  retransmits?: number;
  /** Of a UDP receiver; jitter in seconds. */
  datagrams?: { jitter: number; lost: number; total: number };
}

export interface Report {
  protocol?: 'TCP' | 'UDP';
  /** Streams that got a connection. */
  connected: string[];
  /** Whether they send both ways. */
  fullDuplex: boolean;
  rows: Row[];
  /** Rows that the server sent back at the end of a UDP run. */
  serverRows: Row[];
}

const rowPattern =
  /^\[ *(\*?)(\d+|SUM(?:-\d+)?)\] +(\d+\.\d{4})-(\d+\.\d{4}) sec +([\d.]+) ([KMGT]?)Bytes +([\d.]+) ([KMGT]?)(bits|Bytes)\/sec(?: +(.*))?$/;
const enhancedPattern = /^\d+\/\d+ +(\d+)(?: |$)/;
const datagramPattern = /^([\d.]+) ms +(\d+)\/ *(\d+) \(/;

/** Reads the text of an iperf 2.1 client; finished lines only, since what stands after the last line break may be cut. */
export function readReport(stdout: string): Report {
  const report: Report = { connected: [], fullDuplex: false, rows: [], serverRows: [] };
  const reportedByServer = new Set<string>();
  for (const line of stdout.split('\n').slice(0, -1)) {
    const protocol = /^Client connecting to \S+, (TCP|UDP) port /.exec(line)?.[1];
    if (protocol === 'TCP' || protocol === 'UDP') report.protocol = protocol;
    const [, connected, localPort, rest] = /^\[ *(\d+)\] local \S+ port (\d+) connected with (.*)$/.exec(line) ?? [];
    // A connection that failed is announced too, from port 0.
    if (connected !== undefined && localPort !== '0') report.connected.push(connected);
    if (rest?.includes('(full-duplex)')) report.fullDuplex = true;
    const server = /^\[ *(\d+)\] Server Report:$/.exec(line)?.[1];
    if (server !== undefined) reportedByServer.add(server);
    const row = readRow(line);
    if (row === undefined) continue;
    const fromServer = row.datagrams !== undefined && !row.received && reportedByServer.has(row.id);
    (fromServer ? report.serverRows : report.rows).push(row);
  }
  return report;
}

function readRow(line: string): Row | undefined {
  const [, star, id, start, end, amount = '', amountUnit = '', rate = '', rateUnit = '', rateKind, tail = ''] = rowPattern.exec(line) ?? [];
  if (id === undefined) return undefined;
  const bytes = quantity(amount, amountUnit, 1024, 1);
  // iperf 2 counts bits per second in thousands, but bytes, per second or not, in 1024.
  const bits = rateKind === 'bits' ? quantity(rate, rateUnit, 1000, 1) : quantity(rate, rateUnit, 1024, 8);
  const seconds = Number(end) - Number(start);
  const difference = Math.abs(bits.value * seconds - bytes.value * 8);
  const retransmits = enhancedPattern.exec(tail)?.[1];
  const [, jitter, lost, total] = datagramPattern.exec(tail) ?? [];
  return {
    id: id.startsWith('SUM') ? 'SUM' : id,
    received: star === '*',
    start: Number(start),
    end: Number(end),
    bytes: bytes.value,
    rate: bits.value,
    consistent: seconds > 0 && difference <= bits.rounding * seconds + bytes.rounding * 8 + 0.002 * bytes.value * 8,
    ...(retransmits === undefined ? {} : { retransmits: Number(retransmits) }),
    ...(jitter === undefined ? {} : { datagrams: { jitter: Number(jitter) / 1000, lost: Number(lost), total: Number(total) } }),
  };
}

/** A printed number with its prefix, and by how much rounding to its last digit may have changed it. */
function quantity(text: string, prefix: string, base: number, factor: number): { value: number; rounding: number } {
  const scale = factor * base ** ['', 'K', 'M', 'G', 'T'].indexOf(prefix);
  const decimals = text.split('.')[1]?.length ?? 0;
  return { value: Number(text) * scale, rounding: 0.5 * 10 ** -decimals * scale };
}
