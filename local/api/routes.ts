import { noSuchPath } from './status.ts';

/** What a path of the API names. */
export interface Route {
  group: string;
  version: string;
  plural: string;
  namespace?: string;
  name?: string;
  subresource?: string;
}

/**
 * `/api/v1/...` and `/apis/GROUP/VERSION/...`, cluster-wide or under a namespace.
 * @throws StatusError 404 for every other path
 */
export function routeOf(path: string): Route {
  const parts = path.split('/').slice(1).map(decoded);
  if (parts.some((part) => part === '')) throw noSuchPath();
  const [root, ...rest] = parts;
  const [group, version, ...named] = root === 'api' ? ['', ...rest] : rest;
  if ((root !== 'api' && root !== 'apis') || group === undefined || version === undefined) throw noSuchPath();
  const [first, second, third, ...last] = named;
  if (first === undefined) throw noSuchPath();
  // `namespaces/x` and `namespaces/x/status` are the namespace itself, anything else after it lies inside.
  const inside = first === 'namespaces' && second !== undefined && third !== undefined && third !== 'status' && third !== 'finalize';
  const [plural, name, subresource, ...tooMany] = inside ? [third, ...last] : named;
  if (plural === undefined || tooMany.length > 0) throw noSuchPath();
  return {
    group,
    version,
    plural,
    ...(inside && { namespace: second }),
    ...(name !== undefined && { name }),
    ...(subresource !== undefined && { subresource }),
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw noSuchPath();
  }
}
