import type { Refusal } from '../ending.ts';
import { refuse } from '../ending.ts';
import type { MpiPingPongParameters } from './parameters.ts';
import type { Table } from './table.ts';

/** A row of the result, which goes to standard output: bytes, Mbit/s of 2^20 bits, seconds one way. */
const row = /^ *(\d+) (\d+\.\d{6}) +(\d+\.\d{8})$/gm;
/** The same row among the messages: there with fewer digits, but written apart, so that a cut shows. */
const progress = /^ *\d+: +(\d+) bytes +\d+ times --> +(\d+\.\d\d) Mbps in +(\d+\.\d\d) usec$/gm;
const mebi = 2 ** 20;

/** What NPopenmpi measured, or why that is not trusted: it says everything twice, and both must agree. */
export function readNetPIPE(stdout: string, stderr: string, parameters?: MpiPingPongParameters): Table | Refusal {
  if (/both directions|one direction/i.test(stdout)) return wrong('measured no ping-pong, but streams');
  const rows = [...stdout.matchAll(row)].map(numbers);
  const shown = [...stderr.matchAll(progress)].map(numbers);
  if (rows.length === 0) return wrong('printed no result');
  if (!stdout.endsWith('\n') || rows.length !== shown.length) {
    return wrong(`printed ${rows.length} rows of results where it had told of ${shown.length}`);
  }
  const different = rows.findIndex((cells, index) => !agree(cells, shown[index]));
  if (different >= 0) return wrong(`printed a row whose figures do not agree: ${rows[different]?.join(' ')}`);
  const sizes = rows.map(([bytes]) => bytes);
  const asked = parameters === undefined ? undefined : netpipeSizes(parameters.maxMessageLog);
  if (asked !== undefined && asked.join() !== sizes.join()) {
    return wrong(
      `measured ${sizes.length} message sizes up to ${sizes.at(-1)} B where ${asked.length} up to ${asked.at(-1)} B were asked for`,
    );
  }
  if (sizes.some((bytes, index) => bytes <= (sizes[index - 1] ?? 0))) return wrong('printed sizes that do not rise');
  const bandwidth = rows.map(([, megabits]) => megabits * mebi);
  return { name: 'pingpong', sizes, bandwidth, latency: rows.map(latencyOf) };
}

/** Half of what one in the last place of a number is worth, and a little more. */
const half = { megabits: 0.51e-6, seconds: 0.51e-8, shownMegabits: 0.0051, microseconds: 0.0051 };

/** Seconds one way: reckoned back from the bandwidth where a time is so short that it is printed with fewer digits. */
function latencyOf([bytes, megabits, seconds]: Row): number {
  return half.megabits / megabits < half.seconds / seconds ? (8 * bytes) / (megabits * mebi) : seconds;
}

/** Bytes of the messages that NetPIPE goes through without perturbation: powers of 2, and half as much again between them. */
export function netpipeSizes(maxMessageLog: number): number[] {
  const powers = Array.from({ length: maxMessageLog }, (_, index) => 2 ** index);
  return [...powers.flatMap((power) => (power === 1 ? [1] : [power, 1.5 * power])), 2 ** maxMessageLog];
}

type Row = [bytes: number, megabits: number, time: number];

function numbers([, bytes, megabits, time]: RegExpExecArray): Row {
  return [Number(bytes), Number(megabits), Number(time)];
}

function agree([bytes, megabits, seconds]: Row, shown: Row | undefined): boolean {
  if (shown === undefined || !(megabits > 0)) return false;
  const [, shownMegabits, microseconds] = shown;
  const time = (8 * bytes) / (megabits * mebi);
  return (
    Math.abs(time - seconds) <= half.seconds + time * (half.megabits / megabits) &&
    Math.abs(seconds * 1e6 - microseconds) <= half.microseconds + half.seconds * 1e6 &&
    Math.abs(megabits - shownMegabits) <= half.shownMegabits + half.megabits
  );
}

function wrong(what: string): Refusal {
  return refuse('OutputUnparsable', `NPopenmpi ${what}`);
}
