import type { KubeClient } from './client.ts';
import { isGone } from './errors.ts';
import type { KubeObject, Resource } from './object.ts';

export interface Selection {
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
}

/**
 * All objects of a selection as of one version, read in pages. When the server forgets that version between two pages (410), the
 * list is taken once more in one piece, which cannot expire.
 */
// The type is the caller's knowledge, as in KubeClient.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export async function listAll<T extends KubeObject>(
  client: Pick<KubeClient, 'list'>,
  resource: Resource,
  selection: Selection,
  pageSize: number,
  signal?: AbortSignal,
): Promise<{ items: T[]; resourceVersion: string }> {
  const items: T[] = [];
  let next: string | undefined;
  for (;;) {
    try {
      const page = await client.list<T>(resource, { ...selection, limit: pageSize, ...(next ? { continue: next } : {}) }, signal);
      for (const item of page.items) items.push(item);
      next = page.metadata.continue;
      if (!next) return { items, resourceVersion: page.metadata.resourceVersion };
    } catch (error) {
      if (!isGone(error) || next === undefined) throw error;
      const whole = await client.list<T>(resource, selection, signal);
      return { items: whole.items, resourceVersion: whole.metadata.resourceVersion };
    }
  }
}
