import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { configMaps } from '../../operator/kube/object.ts';
import { Kinds } from './kinds.ts';
import { list, readRevision } from './list.ts';
import type { ObjectList } from './list.ts';
import type { Status } from './status.ts';
import { StatusError } from './status.ts';
import { Store } from './store.ts';

const kind = new Kinds().get(configMaps);

function filled(count: number) {
  const store = new Store(1000);
  const table = store.table(configMaps);
  const add = (index: number) =>
    table.put({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `a${String(index).padStart(3, '0')}`, namespace: index % 2 ? 'odd' : 'even' },
    });
  for (let index = 0; index < count; index++) add(index);
  const page = (query: Record<string, string>, namespace?: string): ObjectList => list(store, table, kind, namespace, query);
  return { store, table, add, page };
}

function refusal(action: () => unknown): Status {
  try {
    action();
  } catch (error) {
    if (error instanceof StatusError) return error.status;
    throw error;
  }
  throw new Error('was not refused');
}

function names({ items }: ObjectList): string[] {
  return items.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
}

describe('pages', () => {
  test('put together are the whole list, whatever their size and whatever is written between them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 12 }), (count, limit) => {
        const { page, add, table } = filled(count);
        const whole = names(page({}));
        const collected: string[] = [];
        let token: string | undefined = '';
        for (let turn = 0; token !== undefined; turn++) {
          const next: ObjectList = page({ limit: String(limit), ...(token && { continue: token }) });
          collected.push(...names(next));
          token = next.metadata.continue;
          add(100 + turn);
          table.remove(whole[turn * 2] ?? '');
        }
        expect(collected).toEqual(whole);
      }),
    );
  });

  test('say how many remain, but not under a selector', () => {
    const { page } = filled(10);
    expect(page({ limit: '4' }).metadata.remainingItemCount).toBe(6);
    expect(page({ limit: '4', fieldSelector: 'metadata.namespace=odd' }).metadata).not.toHaveProperty('remainingItemCount');
  });

  test('of one namespace hold nothing of another', () => {
    const { page } = filled(6);
    expect(names(page({}, 'odd'))).toEqual(['odd/a001', 'odd/a003', 'odd/a005']);
  });

  test('of a forgotten revision are 410, with a token that goes on in the present', () => {
    const { page, table, add } = filled(4);
    const { metadata } = page({ limit: '2' });
    add(50);
    table.compact();
    const status = refusal(() => page({ limit: '9', continue: metadata.continue ?? '' }));
    expect(status).toMatchObject({ code: 410, reason: 'Expired' });
    expect(names(page({ limit: '9', continue: status.metadata.continue ?? '' }))).toEqual(['even/a050', 'odd/a001', 'odd/a003']);
  });

  test.each(['nonsense', 'e30', Buffer.from('{"rv":"1","start":2}').toString('base64url')])('with the token %j are refused', (token) => {
    expect(refusal(() => filled(1).page({ limit: '1', continue: token }))).toMatchObject({ code: 400, reason: 'BadRequest' });
  });

  test('with any token are a page or a refusal', () => {
    const { page } = filled(3);
    fc.assert(
      fc.property(fc.oneof(fc.base64String(), fc.string({ minLength: 1 })), (token) => {
        const answer = (() => {
          try {
            return page({ limit: '1', continue: token });
          } catch (error) {
            return error;
          }
        })();
        expect(answer instanceof StatusError || typeof answer === 'object').toBe(true);
        if (answer instanceof Error) expect(answer).toBeInstanceOf(StatusError);
      }),
    );
  });
});

describe('revisions', () => {
  test.each(['abc', '-1', '1.5', '1e3', '99999999999999999999'])('%j is refused', (text) => {
    expect(refusal(() => readRevision(text))).toMatchObject({ code: 400 });
  });

  test('of the future is a Timeout that says when to try again', () => {
    const { page } = filled(1);
    expect(refusal(() => page({ resourceVersion: '999' }))).toMatchObject({ code: 504, details: { retryAfterSeconds: 1 } });
  });

  test('named exactly is the past', () => {
    const { page, add } = filled(2);
    const { resourceVersion } = page({}).metadata;
    add(2);
    expect(page({ resourceVersion, resourceVersionMatch: 'Exact' }).items).toHaveLength(2);
    expect(page({ resourceVersion }).items).toHaveLength(3);
  });
});
