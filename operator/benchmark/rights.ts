import { posix } from 'node:path';
import type { Workload } from '../../runners/workload.ts';
import type { BenchmarkSpec, PodOptions, PodVolume, SecurityContext } from '../api/types.ts';
import type { Rights } from './policy.ts';

/** A field that asks for a right, and the setting of the policy that would grant it. */
export interface Violation {
  path: string;
  value: string;
  setting: string;
}

/** What a workload's pods need by themselves. */
interface Needs extends Pick<Workload, 'name' | 'capabilities'> {
  /** Names of the claims that its parameters name. */
  claims?: readonly string[];
}

/**
 * What a spec asks for beyond its rights, by itself or by its workload. Whoever may create a Benchmark makes the operator create pods,
 * which must not be a way to rights that the author lacks.
 */
export function violations(
  { network = {}, pod, roles = {}, priorityClassName }: BenchmarkSpec,
  rights: Rights,
  workload?: Needs,
): Violation[] {
  const blocks: [path: string, options: PodOptions | undefined][] = [
    ['spec.pod', pod],
    ...Object.entries(roles).map(([name, role]): [string, PodOptions | undefined] => [`spec.roles.${name}.pod`, role.pod]),
  ];
  return [
    ...ofNetwork(network, rights),
    ...(priorityClassName === undefined || mayHavePriority(priorityClassName, rights)
      ? []
      : [listed('spec.priorityClassName', priorityClassName, 'priorityClasses')]),
    ...blocks.flatMap(([path, options]) => (options ? ofPod(path, options, rights) : [])),
    ...(workload ? ofWorkload(workload, rights) : []),
  ];
}

/** An attachment may lead into any network of the nodes; those of the own namespace were put there for it. */
function ofNetwork({ host, name = '' }: NonNullable<BenchmarkSpec['network']>, rights: Rights): Violation[] {
  const [namespace = ''] = name.split('/');
  const foreign = name.includes('/') && !rights.networks.some((network) => network === name || network === namespace);
  return [
    ...(host === true && !rights.hostNetwork ? [{ path: 'spec.network.host', value: 'true', setting: 'policy.hostNetwork: true' }] : []),
    ...(foreign ? [listed('spec.network.name', name, 'networks')] : []),
  ];
}

/** A run of the cluster's own classes would push other people's pods, the cluster's among them, off their nodes. */
function mayHavePriority(name: string, { priorityClasses }: Rights): boolean {
  return priorityClasses.includes(name) || (priorityClasses.includes('*') && !name.startsWith('system-'));
}

function ofWorkload({ name, capabilities = [], claims = [] }: Needs, rights: Rights): Violation[] {
  const path = `spec.${name}`;
  return [
    ...capabilities
      .filter((capability) => !rights.capabilities.includes(capability))
      .map((capability) => ({
        path,
        value: `the capability ${capability}, which its pods need,`,
        setting: `policy.capabilities: [${capability}]`,
      })),
    ...(rights.volumes.includes('persistentVolumeClaim')
      ? []
      : claims.map((claim) => ({ path, value: `the claim ${claim}`, setting: 'policy.volumes: [persistentVolumeClaim]' }))),
  ];
}

export function violationText({ path, value, setting }: Violation): string {
  return `${path}: ${value} is not allowed here; an administrator can allow it with ${setting}`;
}

function ofPod(
  path: string,
  { securityContext, volumes = [], serviceAccountName, annotations = {} }: PodOptions,
  rights: Rights,
): Violation[] {
  return [
    ...(securityContext ? ofSecurity(`${path}.securityContext`, securityContext, rights) : []),
    ...volumes.flatMap((volume, index) => ofVolume(`${path}.volumes[${index}]`, volume, rights)),
    ...(serviceAccountName === undefined || rights.serviceAccounts.includes(serviceAccountName)
      ? []
      : [listed(`${path}.serviceAccountName`, serviceAccountName, 'serviceAccounts')]),
    ...Object.keys(annotations)
      .filter((key) => steers(key) && !rights.annotations.includes(key))
      .map((key) => ({ path: `${path}.annotations`, value: key, setting: `policy.annotations: [${key}]` })),
  ];
}

function ofSecurity(path: string, context: SecurityContext, rights: Rights): Violation[] {
  const { privileged, allowPrivilegeEscalation, runAsUser, runAsNonRoot, seccompProfile, capabilities } = context;
  const refuse = (asked: boolean, granted: boolean, field: string, value: string, setting: string): Violation[] =>
    asked && !granted ? [{ path: `${path}.${field}`, value, setting: `policy.${setting}: true` }] : [];
  return [
    ...refuse(privileged === true, rights.privileged, 'privileged', 'true', 'privileged'),
    ...refuse(allowPrivilegeEscalation === true, rights.privilegeEscalation, 'allowPrivilegeEscalation', 'true', 'privilegeEscalation'),
    ...refuse(runAsUser === 0, rights.root, 'runAsUser', '0', 'root'),
    ...refuse(runAsNonRoot === false, rights.root, 'runAsNonRoot', 'false', 'root'),
    ...refuse(seccompProfile?.type === 'Unconfined', rights.unconfined, 'seccompProfile.type', 'Unconfined', 'unconfined'),
    ...(capabilities?.add ?? [])
      .filter((name) => !rights.capabilities.includes(name))
      .map((name) => listed(`${path}.capabilities.add`, name, 'capabilities')),
  ];
}

function ofVolume(path: string, volume: PodVolume, rights: Rights): Violation[] {
  const { hostPath } = volume;
  if (hostPath) {
    // The path is compared as the kernel will walk it: /mnt/../etc is not below /mnt.
    const wanted = posix.normalize(hostPath.path);
    const granted = rights.hostPaths.some((folder) => wanted === folder || wanted.startsWith(`${folder.replace(/\/+$/, '')}/`));
    return granted ? [] : [listed(`${path}.hostPath.path`, hostPath.path, 'hostPaths')];
  }
  const source = (['configMap', 'secret', 'persistentVolumeClaim'] as const).find((name) => volume[name] !== undefined);
  return source === undefined || rights.volumes.includes(source) ? [] : [listed(path, source, 'volumes')];
}

function listed(path: string, value: string, setting: string): Violation {
  return { path, value, setting: `policy.${setting}: [${value}]` };
}

/** Annotations that other programs of the cluster obey: seccomp and AppArmor profiles, network attachments, injected sidecars. */
function steers(key: string): boolean {
  const [domain = ''] = key.split('/');
  return key.includes('/') && /(^|\.)(kubernetes\.io|k8s\.io|cncf\.io|multus-cni\.io)$/.test(domain);
}
