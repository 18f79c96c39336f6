import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { addOnNames } from './add-ons/names.ts';
import { layout } from './layout.ts';
import type { DualStack, Layout, NodeLayout } from './layout.ts';
import { defaultName } from './layout.ts';
import { stageOf } from './marker.ts';
import { limitCommands, linkCommands, unlimitCommands } from './network/shaping.ts';
import { commands } from './processes/command.ts';
import { service } from './processes/service.ts';
import type { Service } from './processes/service.ts';
import type { ProgramName } from './programs.ts';
import { adminKubeconfig } from './services/certificates.ts';

export type { Service } from './processes/service.ts';

/** A running cluster, for tests that disturb it. */
export interface Cluster {
  readonly name: string;
  /** Path of the administrator's kubeconfig. The API server is reached from inside of `cluster run` only. */
  readonly kubeconfig: string;
  /** State of the cluster: logs, certificates. */
  readonly folder: string;
  readonly nodes: readonly ClusterNode[];
  readonly etcd: Service;
  readonly apiServer: Service;
  readonly controllerManager: Service;
  readonly scheduler: Service;
  /** A program of an add-on, e.g. `vc-scheduler`. @throws if the cluster was brought up without it */
  addOn(program: ProgramName): Service;
}

export interface ClusterNode {
  /** Name in Kubernetes. */
  readonly name: string;
  readonly addresses: DualStack;
  readonly kubelet: Service;
  readonly containerd: Service;
  readonly proxy: Service;
  readonly link: Link;
}

/** The cable between a node and everything else. */
export interface Link {
  /** Pulls it: nothing gets through in either direction. */
  down(): Promise<void>;
  up(): Promise<void>;
  /** Limits each direction. @param bitsPerSecond bit/s, a whole number of at least 8000 */
  limit(bitsPerSecond: number): Promise<void>;
  unlimit(): Promise<void>;
}

/** A cluster that `npm run cluster -- up` has brought up. @throws with what to do, when there is none */
export async function attach(name = defaultName): Promise<Cluster> {
  const found = layout(name);
  const { stage } = stageOf(found);
  if (stage !== 'up') throw new Error(`no cluster ${name} is up (it is ${stage}): run \`npm run cluster -- up --name ${name}\``);
  const services = join(found.folder, 'services');
  const named = (program: string) => service(services, program);
  return {
    name,
    kubeconfig: adminKubeconfig(found),
    folder: found.folder,
    nodes: found.nodes.map((node) => ({
      name: node.name,
      addresses: node.addresses,
      kubelet: named(`${node.name}-kubelet`),
      containerd: named(`${node.name}-containerd`),
      proxy: named(`${node.name}-kube-proxy`),
      link: link(found, node),
    })),
    etcd: named('etcd'),
    apiServer: named('kube-apiserver'),
    controllerManager: named('kube-controller-manager'),
    scheduler: named('kube-scheduler'),
    addOn(program) {
      if (!existsSync(join(services, `${program}.json`)))
        throw new Error(`the cluster ${name} does not run ${program}: bring it up with its add-on (up --with ${addOnNames.join(',')})`);
      return named(program);
    },
  };
}

function link({ network }: Layout, { bridgePort, network: node }: NodeLayout): Link {
  const ends = { controlPlane: network, bridgePort, node };
  return {
    down: () => commands(linkCommands(ends, 'down')),
    up: () => commands(linkCommands(ends, 'up')),
    limit: (bitsPerSecond) => commands(limitCommands(ends, bitsPerSecond)),
    unlimit: () => commands(unlimitCommands(ends)),
  };
}
