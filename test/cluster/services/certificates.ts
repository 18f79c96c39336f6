import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { apiServerUrl } from '../layout.ts';
import type { Layout } from '../layout.ts';
import { createPki } from '../pki.ts';
import type { Pki } from '../pki.ts';
import { apiServerHosts, frontProxyName } from './control-plane.ts';
import type { ControlPlaneCertificates } from './control-plane.ts';
import { dnsUser } from './dns.ts';
import { kubeletClientUser, proxyUser } from './objects.ts';

/** All certificates of a cluster. Its programs have the rights of their own users, as in production. */
export interface Certificates {
  readonly pki: Pki;
  readonly controlPlane: ControlPlaneCertificates;
  /** Paths of kubeconfigs. */
  readonly controllerManager: string;
  readonly scheduler: string;
  readonly dns: string;
  readonly proxy: string;
  /** @param node its name */
  kubelet(node: string): string;
}

/** The administrator's kubeconfig of a cluster. */
export function adminKubeconfig({ folder }: Layout): string {
  return join(folder, 'kubeconfig');
}

/** Makes the certificates, and the administrator's kubeconfig. */
export async function createCertificates(layout: Layout): Promise<Certificates> {
  const pki = await createPki(join(layout.folder, 'pki'), apiServerUrl, apiServerHosts);
  const [admin, kubeletClient, frontProxy, controllerManager, scheduler, dns, proxy] = await Promise.all([
    pki.client('admin', ['system:masters']),
    pki.client(kubeletClientUser),
    pki.client(frontProxyName),
    pki.client('system:kube-controller-manager'),
    pki.client('system:kube-scheduler'),
    pki.client(dnsUser),
    pki.client(proxyUser),
  ]);
  const kubelets = new Map(
    await Promise.all(
      layout.nodes.map(async ({ name }) => [name, (await pki.client(`system:node:${name}`, ['system:nodes'])).kubeconfig] as const),
    ),
  );
  await copyFile(admin.kubeconfig, adminKubeconfig(layout));
  return {
    pki,
    controlPlane: { ...pki, kubeletClient, frontProxy },
    controllerManager: controllerManager.kubeconfig,
    scheduler: scheduler.kubeconfig,
    dns: dns.kubeconfig,
    proxy: proxy.kubeconfig,
    kubelet(node) {
      const found = kubelets.get(node);
      if (found === undefined) throw new Error(`no certificate was made for a node ${node}`);
      return found;
    },
  };
}
