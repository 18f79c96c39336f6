import type { Reason } from '../../measure/reason.ts';
import type { Refusal } from '../ending.ts';
import { lastWords, refuse } from '../ending.ts';
import type { ToolOutput } from '../workload.ts';

const device =
  'give the pods an RDMA device, e.g. by a device plugin: spec.pod.resources.limits: {rdma/hca_shared_devices_a: 1}, and load its driver on the nodes (Debian: rdma-core)';

/** What MPI says in many lines, and what it means. The first that fits is told, with the line that fits. */
const meanings: readonly [RegExp, Reason, advice?: string][] = [
  [/assay-launch: PeerUnreachable: .*$/m, 'PeerUnreachable'],
  [/assay-launch: ToolFailed: .*$/m, 'ToolFailed'],
  [/^.*transport 'rc' is not available.*$/m, 'NoRDMADevice', device],
  [/^.*PML ucx cannot be selected.*$/m, 'NoRDMADevice', device],
  [/^.*fi_getinfo\(\) failed .*No data available.*$/m, 'NoRDMADevice', device],
  [
    /^.*(?:unable to find the specified executable file[^]*?Executable: |could not find the executable|execvp error on file .*No such file).*$/m,
    'ToolMissing',
  ],
  [/^.*(?:lost communication with a remote daemon|Lost connection to).*$/m, 'PeerUnreachable'],
  [/^.*[Uu]nable to connect to the peer .*$/m, 'PeerUnreachable'],
];

/**
 * What the end of an MPI launch that failed means.
 * @returns undefined where its words say no more than that it failed
 */
export function diagnose({ stdout, stderr }: ToolOutput): Refusal | undefined {
  const said = `${stderr}\n${stdout}`;
  for (const [pattern, reason, advice] of meanings) {
    const line = pattern.exec(said)?.[0];
    if (line !== undefined) return refuse(reason, [lastWords(line.replace(/^assay-launch: \w+: /, '')), advice].filter(Boolean).join('; '));
  }
  return undefined;
}
