import { readFile } from 'node:fs/promises';
import type { Lease } from '../../operator/kube/lease.ts';
import { leases } from '../../operator/kube/object.ts';
import type { AuditEvent } from '../cluster/audit.ts';
import { parseAudit } from '../cluster/audit.ts';
import { until } from '../integration/until.ts';
import type { Identity } from '../cluster/processes/identity.ts';
import { processesOf } from './processes.ts';
import type { RealCluster } from './real-cluster.ts';
import type { OperatorPod } from './release.ts';
import { operatorName, operatorPods, releaseNamespace } from './release.ts';

/** Who holds the operator's lease: the name of a pod and a random part. */
export async function holder({ client }: RealCluster): Promise<string> {
  const { spec } = await client.get<Lease>(leases, { namespace: releaseNamespace, name: operatorName });
  return spec.holderIdentity ?? '';
}

/** The pod that leads, and its process. */
export async function leader(cluster: RealCluster): Promise<{ pod: OperatorPod; process: Identity; identity: string }> {
  return await until('an operator leads', async () => {
    const identity = await holder(cluster);
    const pod = (await operatorPods(cluster)).find(({ metadata }) => identity.startsWith(`${metadata.name}_`));
    const [process] = pod ? processesOf(pod, '/app/operator/main.ts') : [];
    return pod && process && { pod, process, identity };
  });
}

/** Waits for another holder than `before`. */
export async function untilLedByAnother(cluster: RealCluster, before: string, limit = 30_000): Promise<void> {
  const look = async () => {
    const now = await holder(cluster);
    return now !== '' && now !== before ? true : undefined;
  };
  await until(`another leads than ${before}`, look, limit);
}

/** An audit event with what a token says of the pod that it is bound to. */
type BoundEvent = AuditEvent & { user: { extra?: Record<string, string[]> } };

/** What a pod wrote, the lease apart, in the order of the answers: `12:00:01.123456 create pods/x`. */
export async function writesOf({ auditLog }: RealCluster, { metadata }: OperatorPod): Promise<string[]> {
  const events = parseAudit(await readFile(auditLog, 'utf8')) as BoundEvent[];
  const own = events.filter(({ user, verb, objectRef }) => {
    const isWrite = ['create', 'update', 'patch', 'delete'].includes(verb);
    return isWrite && objectRef?.resource !== 'leases' && user.extra?.['authentication.kubernetes.io/pod-uid']?.[0] === metadata.uid;
  });
  return own.map(({ verb, objectRef, requestReceivedTimestamp }) => {
    return `${requestReceivedTimestamp} ${verb} ${objectRef?.resource}/${objectRef?.name}`;
  });
}
