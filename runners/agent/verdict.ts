import type { Reason } from '../../measure/reason.ts';
import { lastWords } from '../ending.ts';
import type { Parsed } from '../workload.ts';
import type { Ending } from './tool.ts';

export interface Verdict {
  outcome: 'Succeeded' | 'Failed';
  reason?: Reason;
  message?: string;
}

/** What is known about the end of a tool. */
export interface Evidence {
  program: string;
  ending: Ending;
  /** What the parser makes of it; undefined for servers, whose output is no result. */
  parsed: Parsed | undefined;
  /** Processes of the container killed for memory meanwhile. */
  oomKills: number;
  /** Seconds the tool had. */
  deadline?: number;
}

const good: Verdict = { outcome: 'Succeeded' };

/**
 * Whether a run counts. It does when the tool ended by itself, with exit code 0, and the parser found a whole result:
 * each of the three alone is known to lie. Among several faults the most specific is told.
 */
export function verdictOf({ program, ending, parsed, oomKills, deadline }: Evidence): Verdict {
  const { exitCode, signal, stopped } = ending;
  const failed = (reason: Reason, message: string): Verdict => ({ outcome: 'Failed', reason, message: `${message}${evidence(ending)}` });
  if (stopped === 'Interrupt') {
    return parsed ? failed('Interrupted', `${program} was stopped because the pod was told to stop`) : good;
  }
  if (stopped === 'Deadline') return failed('ToolTimeout', `${program} ran past its deadline of ${deadline} s and was stopped`);
  const ended = signal === null ? `ended with exit code ${exitCode}` : `was ended by ${signal}`;
  if (oomKills > 0 && (signal !== null || exitCode !== 0)) {
    return failed('OutOfMemory', `${program} ${ended}; the kernel killed ${oomKills} of the container's processes for memory`);
  }
  if (signal !== null) return failed('ToolCrashed', `${program} ${ended}`);
  if (parsed && !parsed.ok && (exitCode === 0 || parsed.reason !== 'OutputUnparsable')) {
    return { outcome: 'Failed', reason: parsed.reason, message: parsed.message };
  }
  return exitCode === 0 ? good : failed('ToolFailed', `${program} ${ended}`);
}

function evidence({ stdout, stderr }: Ending): string {
  // The last lines of a JSON document are brackets and figures of an unfinished run.
  const told = /^\s*[[{]/.test(stdout) ? '' : stdout;
  const said = lastWords(stderr) || lastWords(told);
  return said === '' ? '' : `: ${said}`;
}
