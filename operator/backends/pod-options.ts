import type { BenchmarkSpec, PodOptions, Resources } from '../api/types.ts';

/**
 * Options of one role's pods: the role's laid over those of all pods. Objects merge field by field, lists of named things by
 * name, everything else is replaced.
 */
export function mergedOptions(spec: BenchmarkSpec, role: string): PodOptions {
  const { pod: all = {}, roles = {} } = spec;
  const own = Object.hasOwn(roles, role) ? (roles[role]?.pod ?? {}) : {};
  return present({
    ...all,
    ...own,
    labels: merged(all.labels, own.labels),
    annotations: merged(all.annotations, own.annotations),
    securityContext: merged(all.securityContext, own.securityContext),
    resources: mergedResources(all.resources, own.resources),
    env: byName(all.env, own.env),
    volumes: byName(all.volumes, own.volumes),
    imagePullSecrets: byName(all.imagePullSecrets, own.imagePullSecrets),
  });
}

type Optional<T> = { [K in keyof T]: T[K] | undefined };

function present(options: Optional<PodOptions>): PodOptions {
  // exactOptionalPropertyTypes tells absent from undefined; this is where the one becomes the other.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as PodOptions;
}

function merged<T extends object>(all: T | undefined, own: T | undefined): T | undefined {
  return all && own ? { ...all, ...own } : (own ?? all);
}

function mergedResources(all: Resources | undefined, own: Resources | undefined): Resources | undefined {
  if (!all || !own) return own ?? all;
  const requests = merged(all.requests, own.requests);
  const limits = merged(all.limits, own.limits);
  return { ...(requests ? { requests } : {}), ...(limits ? { limits } : {}) };
}

function byName<T extends { name: string }>(all: T[] | undefined, own: T[] | undefined): T[] | undefined {
  if (!all || !own) return own ?? all;
  return [...new Map([...all, ...own].map((item) => [item.name, item])).values()];
}
