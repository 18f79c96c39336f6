import { describe, expect, test } from '@jest/globals';
import type { ApiReply } from '../operator/kube/transport.ts';
import { UsageError } from './exit.ts';
import { expectAssay, openCluster, openLocal } from './session.ts';

const server = 'https://cluster.test:6443';
const answering = (reply: () => Promise<Pick<ApiReply, 'status'>>) => ({
  send: async () => ({ headers: {}, body: undefined, ...(await reply()) }),
});
const status = (code: number) => answering(async () => ({ status: code }));

describe('before anything is sent to a cluster', () => {
  test.each([
    ['it has the kinds', 200],
    ['it does not let everybody look', 403],
  ])('%s', async (_, code) => {
    await expect(expectAssay(status(code), server)).resolves.toBeUndefined();
  });

  test.each([
    ['it lacks the kinds', status(404), "the cluster https://cluster.test:6443 does not know Assay's kinds; install them"],
    ['it refuses the credentials', status(401), 'the cluster https://cluster.test:6443 refuses the credentials'],
    [
      'it is away',
      answering(() => Promise.reject(new Error('connect ECONNREFUSED'))),
      'the cluster https://cluster.test:6443 does not answer: connect ECONNREFUSED. To run on this machine instead, add --local',
    ],
  ])('%s', async (_, transport, message) => {
    await expect(expectAssay(transport, server)).rejects.toThrow(message);
  });

  test('a kubeconfig that cannot be read is a mistake to mend', async () => {
    await expect(openCluster({ kubeconfig: 'nowhere' })).rejects.toThrow(UsageError);
  });
});

test.each([
  ['the one that was asked for', { namespace: 'lab' }, 'lab'],
  ['default', {}, 'default'],
])('the namespace of local runs: %s', async (_, options, namespace) => {
  const session = await openLocal(options);
  await session.close();
  expect(session.namespace).toBe(namespace);
});
