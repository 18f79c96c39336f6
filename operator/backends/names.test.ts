import { expect, test } from '@jest/globals';
import { claimName, podName } from './names.ts';

test.each([
  ['the first attempt has no suffix', podName('net', 'server', 0, 0), 'net-server-0'],
  ['later attempts have one', podName('net', 'client', 3, 2), 'net-client-3-a2'],
  ['a claim of one replica', claimName('disk', 'worker', 'files', 1, 0), 'disk-worker-files-1'],
  ['a claim of all replicas', claimName('disk', 'worker', 'files', undefined, 1), 'disk-worker-files-a1'],
  ['a claim of one replica and a later attempt', claimName('disk', 'worker', 'files', 0, 3), 'disk-worker-files-0-a3'],
])('%s', (_, name, expected) => {
  expect(name).toBe(expected);
});
