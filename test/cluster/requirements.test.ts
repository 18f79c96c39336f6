import { expect, test } from '@jest/globals';
import { obstacle } from './requirements.ts';

const machine = { platform: 'linux', user: 0, has: () => true };

test('a machine with everything will do', () => {
  expect(obstacle(machine)).toBeUndefined();
});

test.each([
  ['another system', { ...machine, platform: 'darwin' }, 'cannot run on darwin: use a Linux machine'],
  ['another user', { ...machine, user: 1000 }, 'only root may make: run the command again with sudo'],
  ['a system without users', { ...machine, user: undefined }, 'only root'],
  [
    'a missing program',
    { ...machine, has: (name: string) => name !== 'conntrack' },
    'apt-get install --yes --no-install-recommends conntrack',
  ],
  ['missing plugins', { ...machine, has: (name: string) => !name.startsWith('/usr/lib/cni') }, 'containernetworking-plugins'],
])('%s is an obstacle, with what to do', (_, found, message) => {
  expect(obstacle(found)).toContain(message);
});

test('a package that two missing programs are in is named once', () => {
  const reason = obstacle({ ...machine, has: (name) => !['ip', 'tc'].includes(name) });
  expect(reason?.match(/iproute2/g)).toHaveLength(1);
});

test('the system comes before the user, the user before the programs', () => {
  expect(obstacle({ platform: 'win32', user: 1, has: () => false })).toContain('win32');
  expect(obstacle({ platform: 'linux', user: 1, has: () => false })).toContain('sudo');
});
