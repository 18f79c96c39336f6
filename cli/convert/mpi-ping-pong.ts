import { commonFields, type Draft } from './common.ts';
import type { Source } from './source.ts';

/** MPIPingPong of the first generation: IMB's pingpong between two nodes. The port of its sshd is that of our launch program. */
export function convertMPIPingPong(spec: Source): Draft {
  return {
    ...commonFields(spec),
    mpiPingPong: {
      tool: 'IMB',
      benchmarks: ['pingpong'],
      transport: spec.take('transport'),
      maxMessageLog: spec.take('maxlog'),
      port: spec.take('sshPort'),
    },
  };
}
