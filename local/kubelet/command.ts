import { expanded } from './expansion.ts';
import { metadataField } from './metadata-field.ts';
import type { Container, EnvVar, Pod } from './pod.ts';

/** Why a container cannot be made from its specification; said as CreateContainerConfigError. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}

// Where images hold this project's files.
const imageFolder = '/app/';
/** How the first processes of a container of ours end: they serve it as a whole, and a local process is nobody's first. */
const init = ['/usr/bin/tini', '--'];

/**
 * The command line of a container as a local process: `node` is the Node that runs this, files of the image are those of
 * the project. Where only arguments are given, or only our images' first process before them (tini), they are the command line.
 * @param project absolute path of the project's root
 * @param env the variables of the container's specification, which its command line may name
 * @throws ConfigError for a container that has neither
 */
export function commandOf(
  { name, command = [], args = [] }: Container,
  project: string,
  env: Record<string, string>,
): [program: string, ...args: string[]] {
  const known = new Map(Object.entries(env));
  const own = init.every((part, index) => command.at(index - init.length) === part) ? [] : command;
  const [program, ...rest] = [...own, ...args]
    .map((part) => expanded(part, known))
    .map((part) => (part.startsWith(imageFolder) ? `${project}/${part.slice(imageFolder.length)}` : part));
  if (program === undefined) {
    throw new ConfigError(`container ${name} has no command, and local mode has no image to take it from`);
  }
  return [program === 'node' ? process.execPath : program, ...rest];
}

/** What a pod's environment is filled in from, beside the pod itself. */
export interface Place {
  /** The primary one first. */
  podIPs: string[];
  hostIP: string;
}

/**
 * A container's environment from its specification.
 * @throws ConfigError for sources that local mode does not have
 */
export function environmentOf({ name, env = [], envFrom = [] }: Container, pod: Pod, place: Place): Record<string, string> {
  if (envFrom.length > 0) throw new ConfigError(`container ${name}: envFrom is not available in local mode`);
  const known = new Map<string, string>();
  for (const variable of env)
    known.set(variable.name, variable.valueFrom ? valueOf(variable, pod, place) : expanded(variable.value ?? '', known));
  return Object.fromEntries(known);
}

function valueOf({ name, valueFrom }: EnvVar, pod: Pod, place: Place): string {
  const path = valueFrom?.fieldRef?.fieldPath;
  if (path === undefined) throw new ConfigError(`variable ${name}: only value and valueFrom.fieldRef are available in local mode`);
  const field = fieldOf(path, pod, place);
  if (field === undefined) throw new ConfigError(`variable ${name}: field ${path} is not known`);
  return field;
}

function fieldOf(path: string, pod: Pod, { podIPs, hostIP }: Place): string | undefined {
  switch (path) {
    case 'spec.nodeName':
      return pod.spec.nodeName ?? '';
    case 'status.podIP':
      return podIPs[0] ?? '';
    case 'status.podIPs':
      return podIPs.join(',');
    case 'status.hostIP':
      return hostIP;
    default:
      return metadataField(path, pod);
  }
}
