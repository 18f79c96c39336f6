import { describe, expect, test } from '@jest/globals';
import { KubeClient } from './client.ts';
import { listAll } from './list-all.ts';
import { pods } from './object.ts';
import { listOf, pod, refusal, ScriptedTransport } from './scripted-transport.ts';

async function list(...answers: ScriptedTransport['answers']) {
  const transport = new ScriptedTransport(...answers);
  const { items, resourceVersion } = await listAll(new KubeClient(transport), pods, { labelSelector: 'a=b' }, 2);
  return { names: items.map(({ metadata }) => metadata.name), resourceVersion, queries: transport.requests.map(({ query }) => query) };
}

describe('listAll', () => {
  test('joins the pages of one version', async () => {
    const { names, resourceVersion, queries } = await list(listOf(7, [pod('a', 1), pod('b', 2)], 'next'), listOf(7, [pod('c', 3)]));
    expect([names, resourceVersion]).toEqual([['a', 'b', 'c'], '7']);
    expect(queries).toEqual([
      { labelSelector: 'a=b', limit: '2' },
      { labelSelector: 'a=b', limit: '2', continue: 'next' },
    ]);
  });

  test('lists in one piece when the pages expire', async () => {
    const { names, resourceVersion, queries } = await list(
      listOf(7, [pod('a', 1), pod('b', 2)], 'next'),
      refusal(410, 'Expired'),
      listOf(9, [pod('b', 2), pod('d', 8)]),
    );
    expect([names, resourceVersion, queries[2]]).toEqual([['b', 'd'], '9', { labelSelector: 'a=b' }]);
  });

  test("a 410 on the first page is the caller's", async () => {
    await expect(list(refusal(410, 'Expired'))).rejects.toMatchObject({ status: 410 });
  });

  test('takes more than the stack could hold at once', async () => {
    const many = Array.from({ length: 200_000 }, (_, at) => pod(`p${at}`, 1));
    expect((await list(listOf(7, many))).names).toHaveLength(200_000);
  });
});
