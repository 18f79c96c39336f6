import type { Reason } from '../measure/reason.ts';
import type { Parsed, ToolOutput } from './workload.ts';

export type Refusal = Extract<Parsed, { ok: false }>;

/** No number, and why. */
export function refuse(reason: Reason, message: string): Refusal {
  return { ok: false, reason, message };
}

/**
 * The refusal for a tool whose ending says that it failed, with the end of its error output as evidence.
 * @returns undefined when the ending is good or unknown, which by itself proves nothing: the caller looks for a whole result
 */
export function failedTool(tool: string, { exitCode, signal, stdout, stderr }: ToolOutput): Refusal | undefined {
  const said = lastWords(stderr) || lastWords(stdout);
  const because = said === '' ? '' : `: ${said}`;
  if (signal !== null) return refuse('ToolCrashed', `${tool} was ended by ${signal}${because}`);
  if (exitCode === null || exitCode === 0) return undefined;
  return refuse('ToolFailed', `${tool} ended with exit code ${exitCode}${because}`);
}

const bound = 300;

/** The last lines of a tool's text, each once, at most 300 characters on one line, without control characters. */
export function lastWords(text: string): string {
  const lines = text
    .slice(-2000)
    .replaceAll(/[^\P{Cc}\n]+/gu, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const words = [...new Set(lines)].join('; ');
  return words.length > bound ? `...${words.slice(-bound)}` : words;
}
