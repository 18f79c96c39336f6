import type { NodeLayout } from '../layout.ts';
import { attachmentConfigurations } from './attachments.ts';
import { nodeFolder, podNetwork } from './containerd.ts';
import { nodeProgramFolder } from './mounts.ts';

/** Paths on the machine of what a node needs to have Multus. */
export interface Multus {
  readonly program: string;
  readonly kubeconfig: string;
}

/** Where a node has its kubeconfig for Multus. */
export const multusKubeconfig = `${nodeFolder}/multus.kubeconfig`;

const networks = `${nodeFolder}/networks`;

/** Files of a node: Multus as the network of all pods, and the attachments that it knows by name. */
export function multusFiles(node: NodeLayout): Record<string, string> {
  const configurations = attachmentConfigurations(node);
  return {
    // containerd takes the first of the folder.
    [`${nodeFolder}/cni/00-multus.conflist`]: JSON.stringify(multusConfiguration()),
    ...Object.fromEntries(configurations.map((network) => [`${networks}/${network.name}.conflist`, JSON.stringify(network)])),
  };
}

function multusConfiguration() {
  const multus = {
    type: 'multus',
    kubeconfig: multusKubeconfig,
    confDir: networks,
    binDir: nodeProgramFolder,
    clusterNetwork: podNetwork,
    capabilities: { portMappings: true },
  };
  return { cniVersion: '0.4.0', name: 'multus', plugins: [multus] };
}
