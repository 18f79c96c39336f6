import { assertRecord } from '../../measure/frame-record.ts';
import type { ResultRecord } from '../../measure/record.ts';
import { formatTimestamp } from '../../measure/timestamp.ts';
import type { Assignment } from '../task.ts';
import type { Parsed } from '../workload.ts';
import { Capture } from './capture.ts';
import type { Ending } from './tool.ts';
import type { Verdict } from './verdict.ts';

/** Bytes of each output stream that a record keeps. */
export const outputLimit = 256 * 1024;
const messageLimit = 2000;
const warningsLimit = 50;

/** Which part of which run a record speaks for. */
export type Identity = Pick<ResultRecord, 'workload' | 'role' | 'index'>;

/** The record of a part that never started its tool, or whose result cannot be used. */
export function failure(
  identity: Identity,
  reason: NonNullable<ResultRecord['reason']>,
  message: string,
  argv: string[] = [],
): ResultRecord {
  return {
    version: 1,
    ...identity,
    outcome: 'Failed',
    reason,
    message: clipped(message),
    metrics: [],
    series: [],
    warnings: [],
    tool: { argv: argv.map(clipped), exitCode: null, signal: null },
  };
}

/** What there is to say about a tool that ran. */
export interface Account {
  identity: Identity;
  argv: string[];
  ending: Ending;
  parsed: Parsed | undefined;
  verdict: Verdict;
  warnings: string[];
  output: Assignment['output'];
}

/** The record of a tool that ran; a failed one carries no figures. */
export function account({ identity, argv, ending, parsed, verdict, warnings, output }: Account): ResultRecord {
  const { outcome, reason, message } = verdict;
  const result = outcome === 'Succeeded' && parsed?.ok ? parsed : undefined;
  const record: ResultRecord = {
    version: 1,
    ...identity,
    outcome,
    ...(reason ? { reason } : {}),
    ...(message ? { message: clipped(message) } : {}),
    window: { startedAt: formatTimestamp(ending.startedAt), finishedAt: formatTimestamp(ending.finishedAt) },
    metrics: result?.metrics ?? [],
    series: result?.series ?? [],
    warnings: [...warnings, ...(result?.warnings ?? [])].slice(0, warningsLimit).map(clipped),
    tool: {
      argv: argv.map(clipped),
      ...(result?.toolVersion ? { version: clipped(result.toolVersion) } : {}),
      exitCode: ending.exitCode,
      signal: ending.signal,
    },
    ...(output === 'Always' || (output === 'OnFailure' && outcome === 'Failed') ? { output: kept(ending) } : {}),
  };
  return sound(record);
}

/** A parser that gives NaN or an unknown unit must not cost the run its record: that is a fault with a name, too. */
function sound(record: ResultRecord): ResultRecord {
  try {
    assertRecord(record);
    return record;
  } catch (error) {
    const message = `the parser's result is not sound: ${error instanceof Error ? error.message : String(error)}`;
    return { ...record, outcome: 'Failed', reason: 'OutputUnparsable', message, metrics: [], series: [], warnings: [] };
  }
}

function kept({ stdout, stderr }: Ending): NonNullable<ResultRecord['output']> {
  const [out, err] = [stdout, stderr].map((text) => {
    const capture = new Capture(outputLimit);
    capture.add(Buffer.from(text));
    return capture;
  });
  return { stdout: out?.text() ?? '', stderr: err?.text() ?? '', truncated: Boolean(out?.truncated || err?.truncated) };
}

function clipped(text: string): string {
  return text.length > messageLimit ? `${text.slice(0, messageLimit)}...` : text;
}
