import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { auditPolicy } from '../audit.ts';
import { auditFlags, etcdFlags } from '../flags.ts';
import { enterControlPlane } from '../kubectl.ts';
import type { Layout } from '../layout.ts';
import type { ServiceSpec } from '../processes/service.ts';
import type { Certificates } from './certificates.ts';
import { allControllersFlags, etcdClientUrl, etcdPeerUrl, nodeApiServerFlags, nodeSchedulerFlags } from './control-plane.ts';
import { corefile } from './dns.ts';
import type { Programs } from './programs.ts';
import { registryConfiguration, registryFolder } from './registry.ts';

/** The programs of the control plane's namespace. */
export interface ControlPlaneServices {
  readonly etcd: ServiceSpec;
  readonly apiServer: ServiceSpec;
  readonly controllerManager: ServiceSpec;
  readonly scheduler: ServiceSpec;
  readonly registry: ServiceSpec;
  readonly dns: ServiceSpec;
}

/** Where the API server's audit log is, if it keeps one. */
export function auditLog({ folder }: Layout): string {
  return join(folder, 'logs', 'audit.log');
}

/** Writes the configuration of the control plane's programs. @returns how to run each */
export async function controlPlaneServices(
  layout: Layout,
  programs: Programs,
  certificates: Certificates,
  audit: boolean,
): Promise<ControlPlaneServices> {
  const configuration = join(layout.folder, 'configuration');
  const images = registryFolder(process.env, homedir());
  await mkdir(configuration);
  await mkdir(images, { recursive: true });
  const written = async (name: string, content: string) => {
    const path = join(configuration, name);
    await writeFile(path, content);
    return path;
  };
  const spec = (name: string, program: string, args: readonly string[]): ServiceSpec => ({
    name,
    argv: [...enterControlPlane(layout), program, ...args],
    log: join(layout.folder, 'logs', `${name}.log`),
  });
  const auditing = audit ? auditFlags({ policy: await written('audit-policy.yaml', stringify(auditPolicy)), log: auditLog(layout) }) : [];
  const paths = certificates.controlPlane;
  return {
    etcd: spec('etcd', programs.etcd, etcdFlags({ folder: join(layout.data, 'etcd'), client: etcdClientUrl, peer: etcdPeerUrl })),
    apiServer: spec('kube-apiserver', programs['kube-apiserver'], [...nodeApiServerFlags(paths), ...auditing]),
    controllerManager: spec(
      'kube-controller-manager',
      programs['kube-controller-manager'],
      allControllersFlags(certificates.controllerManager, paths),
    ),
    scheduler: spec('kube-scheduler', programs['kube-scheduler'], nodeSchedulerFlags(certificates.scheduler)),
    registry: spec('registry', 'docker-registry', ['serve', await written('registry.yaml', stringify(registryConfiguration(images)))]),
    dns: spec('coredns', programs.coredns, ['-conf', await written('Corefile', corefile(certificates.dns))]),
  };
}
