import { decodeFrame } from '../../measure/frame.ts';
import type { DecodedFrame, LogPointer } from '../../measure/frame.ts';
import type { KubeObject } from '../kube/object.ts';
import { frameKey } from './assignment.ts';
import type { Pod } from './pod.ts';
import { isPod, runnerStatus } from './pod.ts';
import { identityOf } from './pod-identity.ts';

/** What the pod's agent left in its termination message. */
export function frameOf(pod: Pod): DecodedFrame {
  return ownFrame(pod, runnerStatus(pod.status)?.state?.terminated?.message ?? '');
}

/** The frame that the termination message points at, or, where that holds nothing, any sound one of this pod's agent. */
export function resultFromLog(object: KubeObject, log: string): DecodedFrame {
  if (!isPod(object)) return { frame: 'Missing' };
  const said = frameOf(object);
  return ownFrame(object, log, said.frame === 'InLog' ? said.pointer : undefined);
}

/** Pods from one template have one key, so the record itself must say that it is this pod's. */
function ownFrame(pod: Pod, text: string, pointer?: LogPointer): DecodedFrame {
  const decoded = decodeFrame(text, frameKey(pod) ?? '', pointer);
  if (decoded.frame !== 'Verified') return decoded;
  const { role, index } = identityOf(pod);
  const { record } = decoded;
  if (record.role === role && record.index === index) return decoded;
  return { frame: 'Corrupt', message: `it is that of ${record.role} ${record.index}, and not of ${role} ${index}` };
}
