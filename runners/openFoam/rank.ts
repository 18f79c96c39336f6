import type { RunReport } from './report.ts';

type Rank = RunReport['ranks'][number];

/** Words before a rank's command line, by which GNU time says in a line what the rank used. */
export const measured: readonly string[] = ['time', '--format=rank: %U s user, %S s system, %M KiB'];
/**
 * The same for ranks under MPI, whose error output is a pipe. Opened anew it takes the line in one piece; otherwise time writes it in several,
 * and those of different ranks would mix.
 */
export const measuredTogether: readonly string[] = [...measured, '--output=/dev/stderr'];

const line = /^rank: (\d+\.\d+) s user, (\d+\.\d+) s system, (\d+) KiB$/;

/** What a line of the error output says about a rank; undefined where it is about something else. */
export function rankOf(text: string): Rank | undefined {
  const [, userTime, systemTime, memory] = line.exec(text) ?? [];
  return memory === undefined
    ? undefined
    : { userTime: Number(userTime), systemTime: Number(systemTime), peakMemory: Number(memory) * 1024 };
}
