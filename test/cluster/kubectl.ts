import { join } from 'node:path';
import { netnsFolder } from './layout.ts';
import type { Layout } from './layout.ts';
import { command } from './processes/command.ts';
import { adminKubeconfig } from './services/certificates.ts';

/** Prefix of a command that is run where the API server can be reached. */
export function enterControlPlane({ network }: Layout): string[] {
  return ['nsenter', `--net=${join(netnsFolder, network)}`];
}

/** Folder of programs for people: kubectl and helm. */
export function programFolder({ folder }: Layout): string {
  return join(folder, 'bin');
}

/** Runs kubectl as administrator. @returns its output @throws with what it says, if it fails */
export function kubectl(layout: Layout, args: readonly string[], input?: string): Promise<string> {
  const program = join(programFolder(layout), 'kubectl');
  return command([...enterControlPlane(layout), program, `--kubeconfig=${adminKubeconfig(layout)}`, ...args], input);
}

/** Names of the nodes whose condition Ready is true; none while the API server does not answer. */
export async function readyNodes(layout: Layout): Promise<string[]> {
  try {
    const text = await kubectl(layout, ['get', 'nodes', '--output=json', '--request-timeout=5s']);
    return namesOfReady(JSON.parse(text) as NodeList);
  } catch {
    return [];
  }
}

interface NodeList {
  items: { metadata: { name: string }; status?: { conditions?: { type: string; status: string }[] } }[];
}

export function namesOfReady({ items }: NodeList): string[] {
  return items
    .filter(({ status }) => status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True'))
    .map(({ metadata }) => metadata.name);
}
