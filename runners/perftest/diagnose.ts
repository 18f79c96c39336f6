import type { Refusal } from '../ending.ts';
import { lastWords, refuse } from '../ending.ts';
import type { ToolOutput } from '../workload.ts';

const noDevice = /did not detect devices|unable to find the infiniband\/roce device|no ib devices found|ib device \S+ not found/i;
const unreached =
  /couldn't connect to|unable to connect \(retries|unexpected cm event|times addr_error|rdma_resolve_(addr|route) failed|(resolve|connect) (through )?rdma cm|rdma cm client/i;
const noMemory = /couldn't allocate mr|failed to create mr/i;
const notInstalled = /^stdbuf: failed to run command \W*(\w+)\W*: no such file/i;

const remedy =
  'load the driver of an RDMA card on the node (Debian: rdma-core; rdma_rxe for a card without RDMA) and give the pod the device, e.g. by a device plugin: spec.pod.resources.limits: {rdma/hca_shared_devices_a: 1}';

/**
 * What the end of a perftest program that failed means.
 * @returns undefined where its words say no more than that it failed
 */
export function diagnose(output: ToolOutput): Refusal | undefined {
  const said = lastWords(output.stderr) || lastWords(output.stdout);
  const missing = notInstalled.exec(said)?.[1];
  if (missing !== undefined) return refuse('ToolMissing', `${missing} is not installed; apt-get install perftest`);
  if (noDevice.test(said)) return refuse('NoRDMADevice', `${said}; ${remedy}`);
  if (unreached.test(said)) return refuse('PeerUnreachable', said);
  if (noMemory.test(said)) {
    return refuse('ToolFailed', `${said}; the message buffers may be larger than the memory that the pod may lock (RLIMIT_MEMLOCK)`);
  }
  return undefined;
}
