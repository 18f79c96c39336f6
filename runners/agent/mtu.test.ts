import { describe, expect, test } from '@jest/globals';

import { checkInterface, checkPaths } from './mtu.ts';
import { answerProbes } from './path-answer.ts';

const never = new AbortController().signal;

describe('the interface of the own address', () => {
  const names = { '127.0.0.1': 'lo' };

  test('is good with the MTU that is asked for', async () => {
    await expect(checkInterface(65_536, '127.0.0.1', names)).resolves.toBeUndefined();
  });

  test.each([1500, 65_535])('is refused with another than %s, with what it has and what to do', async (mtu) => {
    await expect(checkInterface(mtu, '127.0.0.1', names)).rejects.toMatchObject({
      reason: 'MTUMismatch',
      message: expect.stringContaining(`interface lo of the pod has an MTU of 65536, not the ${mtu} of network.mtu; `),
    });
  });

  test('is refused where nobody knows it', async () => {
    await expect(checkInterface(1500, '10.99.0.1', names)).rejects.toMatchObject({
      reason: 'MTUMismatch',
      message: 'no interface of the pod has its address 10.99.0.1, so its MTU cannot be told; leave network.mtu out',
    });
  });
});

describe('the paths to the peers', () => {
  const here = { name: 'server 0', address: '127.0.0.81', port: 45_304 };

  test('are good where packets of that size pass', async () => {
    const end = new AbortController();
    const answered = answerProbes(here, end.signal);
    await expect(checkPaths(9000, [here], never)).resolves.toBeUndefined();
    await expect(checkPaths(65_536, [here], never)).rejects.toMatchObject({
      reason: 'MTUMismatch',
      message: expect.stringMatching(/^packets of 65536 bytes \(network\.mtu\) between here and server 0 at 127\.0\.0\.81 are refused/),
    });
    end.abort();
    await answered;
  });

  test('cannot be told where the peer does not answer', async () => {
    await expect(checkPaths(1500, [here], never)).rejects.toMatchObject({
      reason: 'PeerUnreachable',
      message: expect.stringContaining('server 0 at 127.0.0.81 did not answer over UDP on port 45304'),
    });
  });

  test('are left alone when the pod is told to stop', async () => {
    await expect(checkPaths(1500, [here], AbortSignal.abort())).rejects.toMatchObject({ reason: 'Interrupted' });
  });

  test('of a pod without peers are good', async () => {
    await expect(checkPaths(1500, [], never)).resolves.toBeUndefined();
  });
});
