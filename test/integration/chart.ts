import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { type Flags, readFlags } from '../../operator/flags.ts';
import type { KubeObject } from '../../operator/kube/object.ts';
import { program } from '../cluster/build.ts';

export const chart = join(dirname(dirname(import.meta.dirname)), 'charts/assay');

/** Values of the chart, laid over its own. */
export type Values = Readonly<Record<string, unknown>>;

/** An object that the chart makes, of any kind. */
export interface Rendered extends KubeObject {
  kind: string;
  spec?: unknown;
  data?: Record<string, string>;
  rules?: Rule[];
  subjects?: { kind: string; name: string; namespace?: string }[];
  roleRef?: { kind: string; name: string };
}

/** A rule of a role. */
export interface Rule {
  apiGroups: string[];
  resources: string[];
  resourceNames?: string[];
  verbs: string[];
}

/** The part of a pod that the tests look at. */
export interface PodTemplate {
  metadata: { labels: Record<string, string>; annotations: Record<string, string> };
  spec: Record<string, unknown> & { containers: Container[] };
}

interface Container extends Record<string, unknown> {
  image: string;
  command: string[];
  args?: string[];
}

/** Everything that can be switched on. */
export const everything: Values = {
  operator: { replicas: 2, priorityClassName: 'system-cluster-critical' },
  imagePullSecrets: [{ name: 'login' }],
  metrics: { serviceMonitor: { enabled: true, labels: { release: 'prometheus' } } },
  podDisruptionBudget: { enabled: true },
  networkPolicy: { enabled: true },
};

export interface Release {
  name?: string;
  namespace?: string;
}

export interface HelmOptions {
  /** Given on standard input. */
  values?: Values;
  /** Of the cluster, where one is needed. */
  kubeconfig?: string;
}

/** What Helm prints. @throws Error with Helm's own words */
export async function helm(words: readonly string[], { values, kubeconfig }: HelmOptions = {}): Promise<string> {
  const args = [...words, ...(values ? ['--values', '-'] : []), ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig])];
  const running = promisify(execFile)(await program('helm'), args, { maxBuffer: 16 << 20 });
  running.child.stdin?.end(JSON.stringify(values));
  return (await running).stdout;
}

/** The objects of the chart as Helm would send them, those of `helm test` included. */
export async function render(values: Values = {}, { name = 'assay', namespace = 'assay-system' }: Release = {}): Promise<Rendered[]> {
  const text = await helm(['template', name, chart, '--namespace', namespace, '--kube-version', '1.34.0'], { values });
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents)) throw new Error('Helm rendered nothing');
  // Charts render what they like; the tests look at what they need of it.
  return documents.map((document) => document.toJS() as Rendered | null).filter((object) => object !== null);
}

/** The one object of a kind. @param name where there are several @throws Error when there is none, or more */
export function only(objects: readonly Rendered[], kind: string, name?: string): Rendered {
  const found = objects.filter((object) => object.kind === kind && (name === undefined || object.metadata.name === name));
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`${found.length} objects of kind ${kind} ${name ?? ''}`);
  return first;
}

/** The operator's pods. */
export function operatorPod(objects: readonly Rendered[]): PodTemplate {
  return (only(objects, 'Deployment').spec as { template: PodTemplate }).template;
}

/** The flags of the operator. */
export function operatorFlags(objects: readonly Rendered[]): Flags {
  const flags = readFlags(operatorPod(objects).spec.containers[0]?.args ?? [], {});
  if (flags === 'help') throw new Error('the operator would only print its help');
  return flags;
}

/** The roles and bindings of an installed release; those of `helm test` are there for its time only. */
export function rightsIn(objects: readonly Rendered[]): Rendered[] {
  return objects.filter(({ kind, metadata }) => /^(Cluster)?Role(Binding)?$/.test(kind) && !metadata.annotations?.['helm.sh/hook']);
}
