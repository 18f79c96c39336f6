import { parseArgs } from 'node:util';
import { readImageDigests } from './image-digests.ts';

/** Settings of the operator process. */
export interface Flags {
  kubeconfig?: string;
  context?: string;
  /** Namespaces to serve; all when empty. */
  namespaces: string[];
  /** Registry and path before the names of runner images. */
  imageRegistry: string;
  imageTag: string;
  /** Digests of runner images, by image; those are pulled by digest and not by tag. */
  imageDigests: Readonly<Record<string, string>>;
  /** Requests per second to the API server, and how many may come at once. */
  qps: number;
  burst: number;
  healthPort: number;
  leaderElect: boolean;
  leaderNamespace: string;
  /** Of the lease. Operators that serve different namespaces need different ones. */
  leaderName: string;
  /** File with the rights that benchmarks may ask for. */
  policy?: string;
  logLevel: string;
}

const options = {
  kubeconfig: { type: 'string' },
  context: { type: 'string' },
  namespaces: { type: 'string', default: '' },
  'image-registry': { type: 'string', default: 'ghcr.io/assay' },
  'image-tag': { type: 'string', default: 'latest' },
  'image-digests': { type: 'string', default: '' },
  qps: { type: 'string', default: '200' },
  burst: { type: 'string', default: '300' },
  'health-port': { type: 'string', default: '8081' },
  'leader-elect': { type: 'string', default: 'true' },
  'leader-namespace': { type: 'string', default: '' },
  'leader-name': { type: 'string', default: 'assay-operator' },
  policy: { type: 'string' },
  'log-level': { type: 'string', default: 'info' },
  help: { type: 'boolean', default: false },
} as const;

export const usage = `Usage: node operator/main.ts [flags]; each flag may also be set as ASSAY_<FLAG>, e.g. ASSAY_IMAGE_TAG.
  --kubeconfig FILE          default: KUBECONFIG, ~/.kube/config, or the pod's service account
  --context NAME             context of the kubeconfig
  --namespaces A,B           namespaces to serve; default all
  --image-registry PREFIX    registry and path of the runner images (${options['image-registry'].default})
  --image-tag TAG            their tag (${options['image-tag'].default})
  --image-digests A=D,B=D    digests to pull by in place of the tag: assay-fio=sha256:...
  --qps N --burst N          requests to the API server a second, and at once (${options.qps.default}, ${options.burst.default})
  --health-port PORT         /healthz, /readyz and /metrics (${options['health-port'].default})
  --leader-elect=false       act without a lease; only where one operator runs
  --leader-namespace NAME    namespace of the lease; default the kubeconfig's or the pod's
  --leader-name NAME         name of the lease (${options['leader-name'].default}); one for each set of namespaces
  --policy FILE              rights that benchmarks may ask for (docs/install.md); default none
  --log-level LEVEL          debug, info, warn, error (${options['log-level'].default})`;

const levels = ['debug', 'info', 'warn', 'error'];

/**
 * Flags win over the environment, the environment over defaults.
 * @returns 'help' when that is asked for
 * @throws Error naming the flag, its value and what is allowed
 */
export function readFlags(words: string[], env: Readonly<Record<string, string | undefined>>): Flags | 'help' {
  const { values } = parseArgs({ args: words, options, strict: true, allowPositionals: false });
  if (values.help) return 'help';
  const given = new Set(words.filter((word) => word.startsWith('--')).map((word) => word.slice(2).split('=', 1)[0]));
  const setting = (name: keyof typeof options): string => {
    const fromEnvironment = given.has(name) ? undefined : env[`ASSAY_${name.toUpperCase().replaceAll('-', '_')}`];
    return fromEnvironment ?? String(values[name] ?? '');
  };
  const optional = (name: 'kubeconfig' | 'context' | 'policy') => (setting(name) === '' ? {} : { [name]: setting(name) });
  return {
    ...optional('kubeconfig'),
    ...optional('context'),
    ...optional('policy'),
    namespaces: setting('namespaces')
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
    imageRegistry: setting('image-registry').replace(/\/$/, ''),
    imageTag: setting('image-tag'),
    imageDigests: readImageDigests(setting('image-digests')),
    qps: positive('qps', setting('qps')),
    burst: positive('burst', setting('burst')),
    healthPort: port(setting('health-port')),
    leaderElect: oneOf('leader-elect', setting('leader-elect'), ['true', 'false']) === 'true',
    leaderNamespace: setting('leader-namespace'),
    leaderName: setting('leader-name'),
    logLevel: oneOf('log-level', setting('log-level'), levels),
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new Error(`--${name}: ${JSON.stringify(text)} is not allowed; a number above 0`);
  return value;
}

function port(text: string): number {
  const value = Number(text);
  // Number() takes '' for 0, which would be any free port: no probe would find it.
  if (!/^\d+$/.test(text) || value > 65_535) {
    throw new Error(`--health-port: ${JSON.stringify(text)} is not allowed; 0 to 65535, 0 for any free port`);
  }
  return value;
}

function oneOf(name: string, text: string, allowed: string[]): string {
  if (!allowed.includes(text)) throw new Error(`--${name}: ${JSON.stringify(text)} is not allowed; ${allowed.join(', ')}`);
  return text;
}
