import { namespaces } from '../../operator/kube/object.ts';
import type { ApiObject } from './object.ts';
import { fieldAt } from './object.ts';
import type { ControllerWrites } from './garbage.ts';
import type { Change, Store, Table } from './store.ts';

/** Empties a namespace that is being deleted, then lets it go: what spec.finalizers' `kubernetes` waits for. */
export function emptyDeletedNamespaces(store: Store, writes: ControllerWrites): void {
  const controller = new NamespaceController(store, writes);
  store.listen((table, change) => {
    controller.note(table, change);
  });
}

class NamespaceController {
  readonly #store: Store;
  readonly #writes: ControllerWrites;
  readonly #terminating = new Set<string>();

  constructor(store: Store, writes: ControllerWrites) {
    this.#store = store;
    this.#writes = writes;
  }

  note(table: Table, { type, object }: Change): void {
    const { name, namespace, deletionTimestamp } = object.metadata;
    if (table.resource === namespaces && type === 'DELETED') this.#terminating.delete(name);
    else if (table.resource === namespaces && deletionTimestamp && !this.#terminating.has(name)) this.#schedule(name);
    if (type === 'DELETED' && namespace !== undefined && this.#terminating.has(namespace)) this.#schedule(namespace);
  }

  #schedule(name: string): void {
    this.#terminating.add(name);
    queueMicrotask(() => {
      this.#empty(name);
    });
  }

  #empty(name: string): void {
    const namespace = this.#store.table(namespaces).get(name);
    if (!namespace) return;
    let remaining = 0;
    for (const { table, object } of this.#contents(name)) {
      if (!object.metadata.deletionTimestamp) this.#writes.collect(table.resource, object);
      if (table.get(`${name}/${object.metadata.name}`)) remaining += 1;
    }
    if (remaining === 0) {
      this.#writes.rewrite(namespaces, { ...namespace, spec: { ...namespace.spec, finalizers: [] } });
    } else if (fieldAt(namespace.status, 'phase') !== 'Terminating') {
      this.#writes.rewrite(namespaces, { ...namespace, status: { ...namespace.status, phase: 'Terminating' } });
    }
  }

  #contents(name: string): { table: Table; object: ApiObject }[] {
    return [...this.#store.tables()].flatMap((table) =>
      [...table.values()].filter(({ metadata }) => metadata.namespace === name).map((object) => ({ table, object })),
    );
  }
}
