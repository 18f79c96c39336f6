import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { onMachine } from '../layout.ts';
import type { Layout, NodeLayout } from '../layout.ts';
import { command, commands } from '../processes/command.ts';
import type { ServiceSpec } from '../processes/service.ts';
import type { Certificates } from '../services/certificates.ts';
import type { Programs } from '../services/programs.ts';
import { createCgroup } from './cgroup.ts';
import { containerdConfiguration, nodeFolder, podNetwork, registryHosts } from './containerd.ts';
import { kubeletArguments, kubeletConfiguration, podNetworkConfiguration, proxyConfiguration } from './kubernetes.ts';
import { coverFiles, mountCommands, namespaceCommand, nodeFolders, nodeProgram } from './mounts.ts';
import { multusFiles, multusKubeconfig } from './multus.ts';
import type { Multus } from './multus.ts';
import { pluginFiles, pluginPrograms } from './plugins.ts';

/**
 * Makes a node without its programs: folders, configuration, cgroup, namespaces and mounts. Its network is there already.
 * @param multus what gives its pods their networks, in place of containerd
 */
export async function createNode(node: NodeLayout, certificates: Certificates, programs: Programs, multus?: Multus): Promise<void> {
  const { kubelet, 'kube-proxy': proxy } = programs;
  const own = { kubelet, 'kube-proxy': proxy, ...pluginPrograms, ...(multus && { multus: multus.program }) };
  const at = (path: string) => onMachine(node, path);
  for (const folder of nodeFolders) await mkdir(at(folder), { recursive: true });
  for (const name of Object.keys(own)) await writeFile(at(nodeProgram(name)), '');
  const files = {
    ...coverFiles,
    [`${nodeFolder}/containerd.toml`]: containerdConfiguration(),
    [`${nodeFolder}/registries/_default/hosts.toml`]: registryHosts(),
    [podNetwork]: JSON.stringify(podNetworkConfiguration(node)),
    [`${nodeFolder}/kubelet.yaml`]: stringify(kubeletConfiguration(node)),
    [`${nodeFolder}/proxy.yaml`]: stringify(proxyConfiguration(node)),
    ...(multus && multusFiles(node)),
  };
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(at(path)), { recursive: true });
    await writeFile(at(path), content);
  }
  for (const [path, script] of Object.entries(pluginFiles)) await writeFile(at(path), script, { mode: 0o755 });
  await copyFile(certificates.pki.certificateAuthority, at(`${nodeFolder}/ca.crt`));
  await copyFile(certificates.kubelet(node.name), at(`${nodeFolder}/kubelet.kubeconfig`));
  await copyFile(certificates.proxy, at(`${nodeFolder}/proxy.kubeconfig`));
  if (multus) await copyFile(multus.kubeconfig, at(multusKubeconfig));
  await createCgroup(node.cgroup);
  for (const file of [node.mountNamespace, node.utsNamespace]) await writeFile(file, '');
  await command(namespaceCommand(node));
  await commands(mountCommands(node, own), ['nsenter', `--mount=${node.mountNamespace}`]);
}

/** The programs of a node, in the order in which they start. */
export function nodeServices({ folder }: Layout, node: NodeLayout): { containerd: ServiceSpec; kubelet: ServiceSpec; proxy: ServiceSpec } {
  const spec = (program: string, argv: readonly string[]): ServiceSpec => ({
    name: `${node.name}-${program}`,
    argv: [...enterNode(node), ...argv],
    log: join(folder, 'logs', `${node.name}-${program}.log`),
    cgroup: node.cgroup,
  });
  return {
    containerd: spec('containerd', ['containerd', `--config=${nodeFolder}/containerd.toml`]),
    kubelet: spec('kubelet', [nodeProgram('kubelet'), ...kubeletArguments(node)]),
    proxy: spec('kube-proxy', [nodeProgram('kube-proxy'), `--config=${nodeFolder}/proxy.yaml`]),
  };
}

/** Prefix of a command that is run on a node. */
export function enterNode({ network, mountNamespace, utsNamespace }: NodeLayout): string[] {
  return ['nsenter', `--net=/run/netns/${network}`, `--mount=${mountNamespace}`, `--uts=${utsNamespace}`];
}
