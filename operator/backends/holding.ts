import type { KubeObject, Resource } from '../kube/object.ts';
import type { AddOn, Backend, Cause, HolderState, PodState, Run, Waiting } from './backend.ts';
import type { Pod } from './pod.ts';
import { isPod } from './pod.ts';
import { resultFromLog } from './pod-frame.ts';
import { attemptOf } from './pod-identity.ts';
import { deletion, instant, podState } from './pod-state.ts';
import type { EventAbout } from './pod-waiting.ts';
import { eventsByObject } from './pod-waiting.ts';
import { sharedClaimsOf } from './volumes.ts';

/** More than any run has: whoever may write such an object can put any number into it. */
const mostUnmade = 1000;

/** Finds the Events about an object. */
export type About = (object: KubeObject) => readonly EventAbout[];

/** What one kind of object that makes pods in our stead has of its own. */
export interface HolderKind<H extends KubeObject> {
  name: Backend['name'];
  addOn: AddOn;
  /** All pods of an attempt as one object. */
  objectOf: (run: Run) => H;
  /** UID of the object that holds a pod. */
  holderOf: (pod: Pod) => string | undefined;
  /** Why it makes and keeps no more pods, other than by a good end. @param pods that it holds */
  stopped: (holder: H, pods: readonly Pod[]) => Cause | undefined;
  /** The roles whose pods it makes; none once it makes no more. */
  rolesOf: (holder: H) => { role: string; replicas: number }[];
  /** The name that a pod will have, as far as it is known before. */
  podName: (holder: string, role: string, index: number) => string;
  /** Why pods of a role are not made yet. @param objects all that may have to do with it */
  waits: (holder: H, objects: readonly KubeObject[], about: About) => (role: string) => Waiting;
}

/** A backend that makes one object an attempt, and lets that make the pods. */
export function holdingBackend<H extends KubeObject>(kind: HolderKind<H>): Backend {
  const { name, addOn } = kind;
  const resource = addOn.holder;
  const isHolder = (object: KubeObject): object is H => isOf(resource, object);
  const heldBy = ({ metadata }: H, objects: readonly KubeObject[]) =>
    objects.filter(isPod).filter((pod) => kind.holderOf(pod) === metadata.uid);
  return {
    name,
    addOn,
    startsTogether: (_, roles) => roles.length > 0,
    objects: (run, roles) => [
      ...roles.flatMap((role) => sharedClaimsOf(run, role)),
      ...(roles.length > 0 ? [{ resource, object: kind.objectOf(run) }] : []),
    ],
    holders: (objects) =>
      objects.filter(isHolder).map((holder) => holderState(resource, holder, kind.stopped(holder, heldBy(holder, objects)))),
    observe: (objects, events) => {
      const about = eventsByObject(events);
      const made = objects.filter(isPod).map((pod) => heldState(podState(pod, about(pod)), kind.holderOf(pod)));
      const unmade = (holder: H) => {
        const waiting = kind.waits(holder, objects, about);
        const { name: own, uid, deletionTimestamp } = holder.metadata;
        const roles = deletionTimestamp === undefined ? kind.rolesOf(holder) : [];
        return missing(
          roles,
          made.filter((pod) => pod.holder === uid),
        ).map(({ role, index }) => unmadePod(holder, { name: kind.podName(own, role, index), role, index }, waiting(role)));
      };
      return [...made, ...objects.filter(isHolder).flatMap(unmade)];
    },
    resultFromLog,
  };
}

function isOf({ group, version, kind }: Resource, object: KubeObject): boolean {
  return object.kind === kind && object.apiVersion === `${group}/${version}`;
}

function heldState(state: PodState, holder: string | undefined): PodState {
  return holder === undefined ? state : { ...state, holder };
}

function holderState(resource: Resource, holder: KubeObject, stopped: Cause | undefined): HolderState {
  const { metadata } = holder;
  return {
    resource,
    name: metadata.name,
    uid: metadata.uid ?? '',
    attempt: attemptOf(holder),
    deleting: metadata.deletionTimestamp !== undefined,
    ...deletion(holder),
    ...(stopped ? { stopped } : {}),
  };
}

/** The replicas of the roles that are not among those made. */
function missing(roles: readonly { role: string; replicas: number }[], made: readonly PodState[]): { role: string; index: number }[] {
  const there = new Set(made.map(({ role, index }) => `${role} ${index}`));
  const pods: { role: string; index: number }[] = [];
  for (const { role, replicas } of roles) {
    for (let index = 0; index < replicas && pods.length < mostUnmade; index++) {
      if (!there.has(`${role} ${index}`)) pods.push({ role, index });
    }
  }
  return pods;
}

/** State of a pod that its holder has yet to make. */
function unmadePod(holder: KubeObject, { name, role, index }: Pick<PodState, 'name' | 'role' | 'index'>, waiting: Waiting): PodState {
  const { uid = '', creationTimestamp } = holder.metadata;
  return {
    name,
    uid: '',
    holder: uid,
    role,
    index,
    attempt: attemptOf(holder),
    addresses: [],
    phase: 'Pending',
    deleting: false,
    createdAt: instant(creationTimestamp) ?? 0,
    waiting,
  };
}
