// What packets that are too large meet on a real way: two hosts and a router between them, each a network namespace of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { output } from './command.ts';

const program = `${import.meta.dirname}/path-mtu.ts`;
const [near, router, far] = ['near', 'router', 'far'].map((name) => `assay-mtu-${process.pid}-${name}`) as [string, string, string];
const port = '5202';

/** @param words of one command */
async function ip(words: string): Promise<void> {
  await output('ip', words.split(' '));
}

beforeAll(async () => {
  for (const name of [near, router, far]) await ip(`netns add ${name}`);
  await ip(`-n ${near} link add eth0 type veth peer name near netns ${router}`);
  await ip(`-n ${far} link add eth0 type veth peer name far netns ${router}`);
  const ends = [
    [near, 'eth0', '10.77.1.2/24', 'fd77:1::2/64'],
    [router, 'near', '10.77.1.1/24', 'fd77:1::1/64'],
    [router, 'far', '10.77.2.1/24', 'fd77:2::1/64'],
    [far, 'eth0', '10.77.2.2/24', 'fd77:2::2/64'],
  ] as const;
  for (const [host, device, ...addresses] of ends) {
    await ip(`-n ${host} link set ${device} up mtu 9000`);
    await ip(`-n ${host} addr add ${addresses[0]} dev ${device}`);
    await ip(`-n ${host} addr add ${addresses[1]} dev ${device} nodad`);
  }
  for (const [host, four, six] of [
    [near, '10.77.1.1', 'fd77:1::1'],
    [far, '10.77.2.1', 'fd77:2::1'],
  ] as const) {
    await ip(`-n ${host} route add default via ${four}`);
    await ip(`-n ${host} -6 route add default via ${six}`);
  }
  await output('ip', ['netns', 'exec', router, 'sysctl', '--quiet', '--write', 'net.ipv4.ip_forward=1', 'net.ipv6.conf.all.forwarding=1']);
}, 30_000);

afterAll(async () => {
  for (const name of [near, router, far]) await ip(`netns delete ${name}`);
});

/** What the probe says of packets of 9000 bytes from `near` to an agent on `far`. */
async function passage(address: string): Promise<string> {
  const answering = spawn('ip', ['netns', 'exec', far, process.execPath, program, 'answer', address, port], { stdio: 'ignore' });
  const end = once(answering, 'exit');
  try {
    return (await output('ip', ['netns', 'exec', near, process.execPath, program, 'probe', address, port, '9000'])).trim();
  } finally {
    answering.kill();
    await end;
  }
}

const families = [
  ['IPv4', '10.77.2.2', 'route replace 10.77.1.0/24 dev near'],
  // The metric tells the kernel's own route, which is to be replaced and not to be joined.
  ['IPv6', 'fd77:2::2', '-6 route replace fd77:1::/64 dev near metric 256'],
] as const;

describe.each(families)('KP-18 over %s, packets', (_, address, wayBack) => {
  test('pass whole where every part of the way takes them', async () => {
    expect(await passage(address)).toBe('Whole');
  }, 30_000);

  test('are refused where the router has a smaller MTU towards the peer', async () => {
    await ip(`-n ${router} link set far mtu 1500`);
    try {
      expect(await passage(address)).toBe('Cut');
    } finally {
      await ip(`-n ${router} link set far mtu 9000`);
      await forget();
    }
  }, 30_000);

  test('are refused where only the way back is too small', async () => {
    await ip(`-n ${router} ${wayBack} mtu 1500`);
    try {
      expect(await passage(address)).toBe('Cut');
    } finally {
      await ip(`-n ${router} ${wayBack} mtu 9000`);
      await forget();
    }
  }, 30_000);

  test('are lost where something drops them without a word', async () => {
    await ip(`-n ${router} link set near mtu 1500`);
    try {
      expect(await passage(address)).toBe('Lost');
    } finally {
      await ip(`-n ${router} link set near mtu 9000`);
    }
  }, 30_000);
});

/** Hosts remember for ten minutes what a router refused; a run's pods are new. */
async function forget(): Promise<void> {
  for (const host of [near, far]) {
    await ip(`-n ${host} route flush cache`);
    await ip(`-n ${host} -6 route flush cache`);
  }
}
