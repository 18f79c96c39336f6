import { parseDuration, parseSize } from '../../measure/quantity.ts';
import { readOptions } from '../options.ts';
import type { Problem } from '../workload.ts';
import { allowedOptions } from './options.ts';
import type { Kind, Settings } from './settings.ts';

const day = 86_400;
/** A datagram's queue pair carries one packet a message. */
const largestMTU = 4096;
const largestMessage = 2 ** 31 - 1;

/** The limits of perftest that depend on several parameters or on the value behind a text. */
export function check(kind: Kind, settings: Settings): Problem[] {
  return [...times(settings), ...sizes(settings), ...extras(kind, settings)];
}

function times({ duration }: Settings): Problem[] {
  if (duration === undefined) return [];
  const measured = parseDuration(duration);
  return measured < 1 || measured > day ? [{ path: 'duration', message: `${duration} is not allowed; 1s to 24h` }] : [];
}

function sizes({ messageSize, connection }: Settings): Problem[] {
  if (messageSize === undefined) return [];
  const [most, why] = connection === 'UD' ? [largestMTU, ' with UD'] : [largestMessage, ''];
  const bytes = parseSize(messageSize);
  if (bytes >= 1 && bytes <= most) return [];
  return [{ path: 'messageSize', message: `${messageSize} is not allowed${why}; 1 to ${most} bytes` }];
}

function extras(kind: Kind, settings: Settings): Problem[] {
  const read = readOptions(settings.extraArgs, allowedOptions(kind, settings));
  return read.ok ? [] : [{ path: `extraArgs[${read.index}]`, message: read.message }];
}
