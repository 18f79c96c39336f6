import { commonFields, type Draft } from './common.ts';
import { fioDuration, fioSize } from './fio-quantity.ts';
import { convertVolume } from './fio-volume.ts';
import type { Source } from './source.ts';

const isMixed = (rw: unknown) => rw === 'rw' || rw === 'randrw';

/** Fio of the first generation. Its defaults are written out, for ours are others. */
export function convertFio(spec: Source): Draft {
  const given = spec.take('rw') ?? 'read';
  const rw = given === 'rw,readwrite' || given === 'readwrite' ? 'rw' : given;
  const readPercent = spec.take('rwmixread');
  const randomPercent = spec.take('percentageRandom');
  const direct = spec.take('direct') ?? 1;
  spec.note('fioPort', 'is left out: the workers listen on a port of their own choice');
  return {
    ...commonFields(spec),
    fio: {
      rw,
      blockSize: fioSize(spec.take('bs') ?? '4M'),
      ioDepth: spec.take('iodepth'),
      engine: spec.take('ioengine'),
      jobs: spec.take('numJobs'),
      size: fioSize(spec.take('size') ?? '10G'),
      files: spec.take('nrfiles'),
      runtime: fioDuration(spec.take('runtime') ?? '30s'),
      direct: direct === 1 ? true : direct === 0 ? false : direct,
      // Without effect on other patterns, where ours refuses them.
      readPercent: isMixed(rw) ? readPercent : undefined,
      randomPercent: typeof rw === 'string' && rw.startsWith('rand') ? randomPercent : undefined,
      thread: spec.take('thread'),
      workers: spec.take('numWorkers'),
      volume: convertVolume(spec),
    },
  };
}
