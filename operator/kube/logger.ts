import { pino } from 'pino';
import type { DestinationStream } from 'pino';
import type { KubeObject } from './object.ts';

type Write = (context: object, message: string) => void;

/** Structured logs: fields first, then a fixed message, so that lines can be counted and searched. */
export interface Logger {
  debug: Write;
  info: Write;
  warn: Write;
  error: Write;
  child(context: object): Logger;
}

/** JSON lines on standard output, or on `destination`. Errors are logged under `err`. */
export function createLogger(level: string = 'info', destination?: DestinationStream): Logger {
  const options = { level, base: { component: 'assay' }, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: named } };
  return destination ? pino(options, destination) : pino(options);
}

const named = (level: string) => ({ level });

/** Says nothing; for tests and for local runs whose terminal shows a table. */
export const silentLogger: Logger = pino({ enabled: false });

/** The logger of one object: every line carries its kind, namespace and name. */
export function forObject(logger: Logger, object: KubeObject): Logger {
  const { namespace, name } = object.metadata;
  return logger.child({ kind: object.kind, ...(namespace ? { namespace } : {}), name });
}
