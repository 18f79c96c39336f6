import { parseDuration } from '../../measure/quantity.ts';
import { refuse } from '../ending.ts';
import type { Refusal } from '../ending.ts';

/** Seconds by which a run may be shorter than asked for: timers and reports are not exact, a killed run is off by more. */
export function shortRun(tool: string, ran: number, asked: number): Refusal | undefined {
  if (ran >= asked - Math.max(0.1, asked * 0.02)) return undefined;
  return refuse('OutputUnparsable', `${tool} measured ${round(ran)} s where ${round(asked)} s were asked for; it was cut short`);
}

/** A run must be the one that was asked for: compares what the tool says it did, value by value. */
export function otherRun(tool: string, compared: readonly (readonly [name: string, ran: unknown, asked: unknown])[]): Refusal | undefined {
  const different = compared.find(([, ran, asked]) => ran !== asked);
  if (different === undefined) return undefined;
  const [name, ran, asked] = different;
  return refuse('OutputUnparsable', `${tool} ran with ${name} ${JSON.stringify(ran)} where ${JSON.stringify(asked)} was asked for`);
}

/** Whole seconds of a parameter. */
export function secondsOf(duration: string): number {
  return Math.round(parseDuration(duration));
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
