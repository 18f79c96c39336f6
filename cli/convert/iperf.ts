import { commonFields, type Draft, seconds } from './common.ts';
import type { Source } from './source.ts';

/** IPerf of the first generation is iperf 2. */
export function convertIPerf(spec: Source): Draft {
  return { ...commonFields(spec), iperf: { version: 2, duration: seconds(spec.take('duration')), streams: spec.take('streams') } };
}
