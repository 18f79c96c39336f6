import { pods } from '../kube/object.ts';
import type { Backend } from './backend.ts';
import { isPod } from './pod.ts';
import { resultFromLog } from './pod-frame.ts';
import type { Images } from './pod-object.ts';
import { podObject } from './pod-object.ts';
import { podState } from './pod-state.ts';
import { eventsByObject } from './pod-waiting.ts';
import { claimsOf } from './volumes.ts';

/** Plain pods, without any other controller between them and the benchmark. */
export function podsBackend(images: Images): Backend {
  return {
    name: 'Pods',
    // Kueue admits a group of pods when all of them are there; servers that came first would wait for clients that never come.
    startsTogether: ({ spec }, roles) => spec.queue !== undefined && roles.reduce((sum, { replicas }) => sum + replicas, 0) > 1,
    objects: (run, roles) =>
      roles.flatMap((role) => [
        ...claimsOf(run, role),
        ...Array.from({ length: role.replicas }, (_, index) => ({ resource: pods, object: podObject(run, role, index, images) })),
      ]),
    observe: (objects, events) => {
      const about = eventsByObject(events);
      return objects.filter(isPod).map((pod) => podState(pod, about(pod)));
    },
    resultFromLog,
  };
}
