import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../operator/kube/clock.ts';
import { customResourceDefinitions, keyOf, namespaces } from '../../operator/kube/object.ts';
import type { Resource } from '../../operator/kube/object.ts';
import { customKinds, servedResources } from './custom.ts';
import { collectGarbage } from './garbage.ts';
import type { Kind } from './kind.ts';
import { Kinds } from './kinds.ts';
import { emptyDeletedNamespaces } from './namespaces.ts';
import type { ApiObject } from './object.ts';
import { textAt } from './object.ts';
import { commit, remove } from './remove.ts';
import type { DeleteOptions, Removal } from './remove.ts';
import { forbidden, notFound } from './status.ts';
import type { Change, Store, Table } from './store.ts';
import { create, update } from './write.ts';
import type { WriteOptions } from './write.ts';

/** The objects of all kinds, with what the server and its controllers do around each write. */
export class Objects {
  readonly kinds = new Kinds();
  readonly store: Store;
  readonly #clock: Clock;
  readonly #createNamespaces: boolean;

  constructor(store: Store, clock: Clock, createNamespaces: boolean) {
    this.store = store;
    this.#clock = clock;
    this.#createNamespaces = createNamespaces;
    const controllers = {
      collect: (resource: Resource, object: ApiObject) => this.#collect(resource, object),
      rewrite: (resource: Resource, object: ApiObject) => this.rewrite(resource, object),
    };
    collectGarbage(store, controllers);
    emptyDeletedNamespaces(store, controllers);
    store.listen((table, change) => this.#serveCustomKinds(table, change));
  }

  table(kind: Kind): Table {
    return this.store.table(kind.resource);
  }

  find(kind: Kind, namespace: string | undefined, name: string): ApiObject | undefined {
    return this.table(kind).get(namespace === undefined ? name : `${namespace}/${name}`);
  }

  /** @throws StatusError 404 */
  get(kind: Kind, namespace: string | undefined, name: string): ApiObject {
    const object = this.find(kind, namespace, name);
    if (!object) throw notFound(kind.resource, name);
    return object;
  }

  /** @throws StatusError 400, 403, 404, 409, 422 */
  create(kind: Kind, namespace: string | undefined, body: unknown, options: WriteOptions = this.#internal()): ApiObject {
    if (namespace !== undefined) this.#checkNamespace(kind, namespace, body);
    return create(this.table(kind), kind, namespace, body, options);
  }

  /** @throws StatusError 400, 409, 422 */
  update(kind: Kind, old: ApiObject, body: unknown, options: WriteOptions): ApiObject {
    return update(this.table(kind), kind, old, body, options);
  }

  /** @throws StatusError 409 */
  remove(kind: Kind, old: ApiObject, options: DeleteOptions): Removal {
    return remove(this.table(kind), kind, old, options, this.#clock);
  }

  #checkNamespace(kind: Kind, name: string, body: unknown): void {
    const namespaceKind = this.kinds.get(namespaces);
    const namespace = this.table(namespaceKind).get(name);
    if (!namespace && !this.#createNamespaces) throw notFound(namespaces, name);
    if (!namespace) create(this.table(namespaceKind), namespaceKind, undefined, { metadata: { name } }, this.#internal());
    else if (namespace.metadata.deletionTimestamp) {
      const why = `unable to create new content in namespace ${name} because it is being terminated`;
      const object = textAt(body, 'metadata', 'name');
      throw forbidden(kind.resource, object, why, [
        { reason: 'NamespaceTerminating', message: `namespace ${name} is being terminated`, field: 'metadata.namespace' },
      ]);
    }
  }

  /** The server's own write: stored as it is, without the rules for callers; completes a deletion that it releases. */
  rewrite(resource: Resource, object: ApiObject): void {
    commit(this.store.table(resource), this.kinds.get(resource), object);
  }

  /** A write by the server itself: nothing is warned of, nothing is refused for being unknown. */
  #internal(): WriteOptions {
    return { fieldValidation: 'Ignore', dryRun: false, now: this.#clock.now(), manager: 'kube-apiserver', warn: () => undefined };
  }

  #collect(resource: Resource, object: ApiObject): void {
    this.remove(this.kinds.get(resource), object, { propagationPolicy: 'Background' });
  }

  #removeAll(table: Table): void {
    for (const object of table.values()) table.remove(keyOf(object));
  }

  #serveCustomKinds(table: Table, { type, object, previous }: Change): void {
    if (table.resource !== customResourceDefinitions || (type === 'MODIFIED' && isDeepStrictEqual(previous?.spec, object.spec))) return;
    for (const resource of previous ? servedResources(previous) : []) this.kinds.remove(resource);
    if (type === 'DELETED') for (const resource of servedResources(object)) this.#removeAll(this.store.table(resource));
    if (type !== 'DELETED') for (const kind of customKinds(object)) this.kinds.add(kind);
  }
}
