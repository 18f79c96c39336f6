import type { Refusal } from '../ending.ts';
import { lastWords, refuse } from '../ending.ts';
import type { ToolOutput } from '../workload.ts';

/** What the end of bench.py means that failed; undefined where its words say no more than that. */
export function diagnose({ stderr }: ToolOutput): Refusal | undefined {
  const missing = /^ModuleNotFoundError: No module named '(torch|numpy)'/m.exec(stderr)?.[1];
  if (missing !== undefined) {
    return refuse('ToolMissing', `${missing} is not installed for /usr/bin/python3; apt-get install python3-torch libopenblas0-openmp`);
  }
  const place = /CUDA out of memory/.test(stderr) ? 'the GPU' : 'the pod';
  if (/CUDA out of memory|can't allocate memory/.test(stderr)) {
    return refuse('OutOfMemory', `${lastWords(stderr)}; ${place} has too little memory for this batchSize`);
  }
  return undefined;
}
