import { type Draft, podOf } from './common.ts';
import type { Source } from './source.ts';

const devices: Readonly<Record<string, string>> = { cpu: 'CPU', cuda: 'CUDA' };

/** PyTorch of the first generation. Its pod has no network to choose. */
export function convertPyTorch(spec: Source): Draft {
  const device = spec.take('device');
  for (const field of ['hostNetwork', 'networkName', 'mtu']) spec.note(field, 'has no effect on a run in one pod and is left out');
  spec.note('gpuCount', 'is left out: the GPUs are those of the limit of nvidia.com/gpu in spec.pod.resources');
  return {
    pod: podOf(spec),
    pyTorch: {
      model: spec.take('model'),
      mode: spec.take('benchmarkType'),
      device: typeof device === 'string' && Object.hasOwn(devices, device) ? devices[device] : device,
      batchSize: spec.take('inputBatchSize') ?? 64,
    },
  };
}
