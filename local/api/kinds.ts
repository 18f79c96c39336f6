import { apiVersionOf } from '../../operator/kube/paths.ts';
import { builtinKinds } from './builtin.ts';
import type { Resource } from '../../operator/kube/object.ts';
import type { Kind } from './kind.ts';
import { noSuchPath } from './status.ts';

/** The kinds that are served now, and what discovery says of them. */
export class Kinds {
  readonly #byPath = new Map<string, Kind>();

  constructor() {
    for (const kind of builtinKinds) this.add(kind);
  }

  add(kind: Kind): void {
    this.#byPath.set(pathOf(kind.resource), kind);
  }

  remove(resource: Resource): void {
    this.#byPath.delete(pathOf(resource));
  }

  /** @throws StatusError 404 for a kind that is not served */
  get(resource: { group: string; version: string; plural: string }): Kind {
    const kind = this.#byPath.get(pathOf(resource));
    if (!kind) throw noSuchPath();
    return kind;
  }

  /** The APIResourceList under `/api/v1` or `/apis/GROUP/VERSION`, undefined where nothing is served. */
  discovery(path: string): object | undefined {
    const [, root, ...parts] = path.split('/');
    const groupVersion = parts.join('/');
    const kinds = [...this.#byPath.values()].filter(({ resource }) => apiVersionOf(resource) === groupVersion);
    if (kinds.length === 0 || (root === 'api') !== (parts.length === 1)) return undefined;
    return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: kinds.flatMap(resourcesOf) };
  }
}

const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

function resourcesOf({ resource: { plural, kind }, namespaced, statusSubresource }: Kind): object[] {
  const main = { name: plural, singularName: kind.toLowerCase(), namespaced, kind, verbs };
  const status = { name: `${plural}/status`, singularName: '', namespaced, kind, verbs: ['get', 'patch', 'update'] };
  return statusSubresource ? [main, status] : [main];
}

function pathOf({ group, version, plural }: { group: string; version: string; plural: string }): string {
  return `${group}/${version}/${plural}`;
}
