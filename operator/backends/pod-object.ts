import { capabilitiesFor, imageFor, workloadOf } from '../../runners/registry.ts';
import type { RolePlan } from '../../runners/workload.ts';
import type { Benchmark } from '../api/types.ts';
import type { Replica } from './assignment.ts';
import { environment } from './assignment.ts';
import { attachmentAnnotations } from './attachments.ts';
import type { Run } from './backend.ts';
import { kueueMetadata } from './kueue.ts';
import { attemptLabels, labels, ownerReferences } from './labels.ts';
import { podName } from './names.ts';
import { neighbourLabels } from './neighbours.ts';
import { placementOf } from './placement.ts';
import type { Pod, PodSpec } from './pod.ts';
import { runner } from './pod.ts';
import { mergedOptions } from './pod-options.ts';
import { containerSecurity, podSecurity } from './security.ts';
import { volumesOf } from './volumes.ts';

/** Where the runner images are: `<registry>/<workload's image>:<tag>`, or `@<digest>` in place of the tag. */
export interface Images {
  /** Host and path without a slash at the end; none for images that the nodes have already. */
  registry?: string;
  tag: string;
  /** By image. */
  digests?: Readonly<Record<string, string>>;
}

// Tools that are told to stop have this long before they are killed, seconds.
const grace = 10;
/**
 * The agent, at the same path in every runner image. As arguments, so that the image's entry point (tini) stays the first process. On one
 * thread: an end waits for ever for a thread that compiles and itself waits for a garbage collection (decision 20).
 */
const args = ['node', '--single-threaded', '/app/runners/agent/main.ts'];

/** What every pod of a role has in common, and all that a holder needs to make them. */
export interface PodTemplate {
  metadata: { labels: Record<string, string>; annotations?: Record<string, string> };
  spec: PodSpec;
}

/** One pod of a run. Every call gives it another frame key. */
export function podObject(run: Run, role: RolePlan, index: number, images: Images): Pod {
  const { benchmark, attempt } = run;
  const { name, namespace } = benchmark.metadata;
  const { metadata, spec } = podTemplate(run, role, index, images);
  const kueue = kueueMetadata(run);
  const annotations = { ...metadata.annotations, ...kueue.annotations };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: podName(name, role.name, index, attempt),
      ...(namespace === undefined ? {} : { namespace }),
      labels: { ...metadata.labels, ...kueue.labels, [labels.index]: String(index) },
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
      ownerReferences: ownerReferences(benchmark),
    },
    spec,
  };
}

/** The pods of a role, or with an index one of them. Every call gives them another frame key; those of a template share theirs. */
export function podTemplate(run: Run, role: RolePlan, replica: Replica, images: Images): PodTemplate {
  const { benchmark, attempt } = run;
  const { spec } = benchmark;
  const options = mergedOptions(spec, role.name);
  const { volumes, mounts } = volumesOf(run, role, replica, options.volumes);
  const annotations = { ...options.annotations, ...attachmentAnnotations(benchmark) };
  const chosen = workloadOf(spec);
  const capabilities = chosen ? capabilitiesFor(chosen) : [];
  return {
    metadata: {
      labels: {
        ...options.labels,
        ...attemptLabels(benchmark, attempt),
        [labels.role]: role.name,
        ...neighbourLabels(run, role.name),
      },
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
    },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: options.serviceAccountName !== undefined,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: grace,
      ...given(options, ['serviceAccountName', 'imagePullSecrets']),
      ...given(spec, ['schedulerName', 'priorityClassName', 'runtimeClassName']),
      ...(spec.network?.host === true ? { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' } : {}),
      ...placementOf(run, role),
      securityContext: podSecurity,
      containers: [
        {
          name: runner,
          image: options.image ?? imageOf(benchmark, images),
          ...given(options, ['imagePullPolicy', 'resources']),
          ...(capabilities.length > 0 ? { command: handingOn(capabilities) } : {}),
          args,
          env: environment(run, role, replica, options.env),
          ...portsOf(role),
          securityContext: containerSecurity(options.securityContext, capabilities),
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'File',
          volumeMounts: mounts,
        },
      ],
      volumes,
    },
  };
}

/**
 * The first processes of a container that is given capabilities: they are lost at the first program that a user who is not root starts,
 * but for setpriv, which may keep them in our images, and hands them on.
 */
function handingOn(capabilities: readonly string[]): string[] {
  const names = capabilities.map((name) => `+${name.toLowerCase()}`).join();
  return ['/usr/bin/setpriv', `--inh-caps=${names}`, `--ambient-caps=${names}`, '/usr/bin/tini', '--'];
}

function imageOf({ spec }: Benchmark, { registry, tag, digests = {} }: Images): string {
  const chosen = workloadOf(spec);
  const image = chosen ? imageFor(chosen) : '';
  // Without the tag, which nothing would check: a digest alone says which image it is.
  const version = digests[image] === undefined ? `:${tag}` : `@${digests[image]}`;
  return `${registry ? `${registry}/` : ''}${image}${version}`;
}

/** Said so that with the node's network the scheduler puts no two users of a port on one node. */
function portsOf({ task: { listens, readyPort } }: RolePlan): { ports?: { containerPort: number; protocol: 'TCP' | 'UDP' }[] } {
  const ports = [
    ...(listens ? [{ containerPort: listens.port, protocol: listens.protocol }] : []),
    ...(readyPort === undefined ? [] : [{ containerPort: readyPort, protocol: 'TCP' as const }]),
  ];
  return ports.length > 0 ? { ports } : {};
}

function given<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.fromEntries(keys.flatMap((key) => (from[key] === undefined ? [] : [[key, from[key]]]))) as Pick<T, K>;
}
