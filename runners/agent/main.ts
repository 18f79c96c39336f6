import { dirname } from 'node:path';

import { workloads } from '../registry.ts';
import { runAgent } from './agent.ts';
import { boundedRelay } from './relay.ts';

/** Bytes of a tool's output that the pod's log shows. */
const shown = 64 * 1024;

const interrupt = new AbortController();
const stop = () => {
  interrupt.abort();
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
// In local mode the kubelet holds the other end: when it is gone, however it went, nobody else would end this pod.
if (process.env['ASSAY_STDIN'] === 'Held') {
  process.stdin.on('close', stop);
  process.stdin.resume();
}
// Whoever reads the log may go away; the result is in the termination message all the same.
process.stdout.on('error', () => {});

const write = (text: Buffer | string) => process.stdout.write(text);
const code = await runAgent({
  env: process.env,
  workloads,
  scripts: dirname(import.meta.dirname),
  root: process.env['ASSAY_ROOT'] ?? '',
  interrupt: interrupt.signal,
  relay: boundedRelay(shown, write),
  note: (line) => write(`${line}\n`),
});
// Output into pipes and files is written synchronously here, so nothing is lost by not waiting for open handles.
process.exit(code);
