import { stat } from 'node:fs/promises';
import { text } from '../integration/requests.ts';
import type { RealCluster } from './real-cluster.ts';
import { operatorPods, operatorUser } from './release.ts';

/** How the operator behaved since a moment. */
export interface Conduct {
  /** Requests that RBAC refused; a quota's refusal has the same code, but is no matter of rights. @throws when it asked nothing at all */
  refused(): Promise<string[]>;
  /** Pods that came, went or were started again. */
  restarts(): Promise<string[]>;
}

/** Begins to look at the operator. */
export async function watchConduct(cluster: RealCluster): Promise<Conduct> {
  const { size } = await stat(cluster.auditLog);
  const before = new Set(await incarnations(cluster));
  return {
    async refused() {
      const requests = (await cluster.requests(size)).filter(({ user }) => user === operatorUser);
      if (requests.length === 0) throw new Error(`the audit log has no request of ${operatorUser}`);
      const refused = requests.filter(({ code, decision }) => code === 401 || (code === 403 && decision !== 'allow'));
      return refused.map((request) => `${text(request)} in ${request.namespace || 'the cluster'}`);
    },
    async restarts() {
      const now = new Set(await incarnations(cluster));
      return [...[...before].filter((one) => !now.has(one)), ...[...now].filter((one) => !before.has(one))];
    },
  };
}

async function incarnations(cluster: RealCluster): Promise<string[]> {
  return (await operatorPods(cluster)).map(({ metadata, status }) => {
    return `${metadata.name}, restarted ${status?.containerStatuses?.[0]?.restartCount ?? 0} times`;
  });
}
