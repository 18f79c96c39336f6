import { decodeFrame } from '../../measure/frame.ts';
import type { DecodedFrame } from '../../measure/frame.ts';
import type { KubeObject } from '../kube/object.ts';
import { persistentVolumeClaims, pods } from '../kube/object.ts';
import { frameKey } from './assignment.ts';
import type { Backend } from './backend.ts';
import type { Pod } from './pod.ts';
import { runnerStatus } from './pod.ts';
import type { Images } from './pod-object.ts';
import { podObject } from './pod-object.ts';
import { podState } from './pod-state.ts';
import type { EventAbout } from './pod-waiting.ts';
import { claimsOf } from './volumes.ts';

/** Plain pods, without any other controller between them and the benchmark. */
export function podsBackend(images: Images): Backend {
  return {
    name: 'Pods',
    watches: [pods, persistentVolumeClaims],
    // Kueue admits a group of pods when all of them are there; servers that came first would wait for clients that never come.
    startsTogether: ({ spec }, roles) => spec.queue !== undefined && roles.reduce((sum, { replicas }) => sum + replicas, 0) > 1,
    objects: (run, role) => [
      ...claimsOf(run, role),
      ...Array.from({ length: role.replicas }, (_, index) => ({ resource: pods, object: podObject(run, role, index, images) })),
    ],
    observe: (objects, events) => {
      const byUid = Map.groupBy(events as readonly EventAbout[], ({ involvedObject }) => involvedObject?.uid);
      return objects.filter(isPod).map((pod) => podState(pod, byUid.get(pod.metadata.uid) ?? []));
    },
    resultFromLog,
  };
}

/** The frame that the termination message points at, or, where that holds nothing, any sound one of this pod's agent. */
function resultFromLog(object: KubeObject, log: string): DecodedFrame {
  if (!isPod(object)) return { frame: 'Missing' };
  const key = frameKey(object) ?? '';
  const said = decodeFrame(runnerStatus(object.status)?.state?.terminated?.message ?? '', key);
  return said.frame === 'InLog' ? decodeFrame(log, key, said.pointer) : decodeFrame(log, key);
}

export function isPod(object: KubeObject): object is Pod {
  return object.kind === 'Pod';
}
