import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Checkout } from './testing/checkout.ts';

const npmCall = '.: npm install --no-save --no-audit --no-fund --loglevel=error';
const stamp = 'node_modules/.assay-installed';

/** A fresh clone on a machine with these programs; npm makes its folder. */
function machine(...programs: string[]): Checkout {
  const checkout = new Checkout('setup.js');
  checkout.write('package-lock.json', '{"lockfileVersion": 3}');
  checkout.program('bin/npm', '/bin/mkdir -p node_modules');
  for (const program of programs) checkout.program(`bin/${program}`);
  return checkout;
}

/** Runs setup.js as root or as somebody else, whoever runs the tests. */
function setup(checkout: Checkout, programs: string[] = [], user = 1000) {
  const as = `data:text/javascript,process.getuid = () => ${user}`;
  return checkout.node(['--import', as, join(checkout.root, 'scripts/setup.js'), ...programs]);
}

describe('npm packages', () => {
  test('are installed in the checkout, from wherever it is called', () => {
    using checkout = machine();
    expect(setup(checkout)).toMatchObject({ code: 0, stdout: expect.stringContaining('Installing the npm packages') });
    expect(checkout.calls()).toEqual([npmCall]);
  });

  test('are not installed a second time', () => {
    using checkout = machine();
    setup(checkout);
    expect(setup(checkout)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(checkout.calls()).toHaveLength(1);
  });

  test('are installed again when the lock file has changed', () => {
    using checkout = machine();
    setup(checkout);
    checkout.write('package-lock.json', '{"lockfileVersion": 4}');
    setup(checkout);
    expect(checkout.calls()).toEqual([npmCall, npmCall]);
  });

  test('that cannot be installed end it, before anything else, and count as missing the next time', () => {
    using checkout = machine();
    checkout.program('bin/npm', '/bin/mkdir -p node_modules; exit 7');
    expect(setup(checkout, ['fio'])).toMatchObject({ code: 1, stderr: expect.stringMatching(/^npm install failed.* Check the network/) });
    expect(checkout.read(stamp)).toBeUndefined();
  });
});

const apt = (words: string) => expect.stringMatching(new RegExp(`: apt-get ${words}$`));

describe('Debian packages', () => {
  test('are left alone where every program is there', () => {
    using checkout = machine('apt-get', 'fio', 'iperf3');
    expect(setup(checkout, ['fio', 'iperf3'], 0).code).toBe(0);
    expect(checkout.calls()).toEqual([npmCall]);
  });

  test('are installed by root: the missing ones, after a look at what there is', () => {
    using checkout = machine('apt-get', 'iperf3');
    expect(setup(checkout, ['iperf3', 'fio', 'openssl'], 0)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('  fio: the fio workload\n  openssl: the certificates of the test API server\n'),
    });
    expect(checkout.calls().slice(1)).toEqual([
      apt('update --quiet=2'),
      apt('install --yes --quiet=2 --no-install-recommends fio openssl'),
    ]);
  });

  test('ask nothing while they are installed', () => {
    using checkout = machine();
    checkout.program('bin/apt-get', 'echo "$DEBIAN_FRONTEND" >&2; [ "$DEBIAN_FRONTEND" = noninteractive ]');
    expect(setup(checkout, ['fio'], 0).code).toBe(0);
  });

  test.each([
    ['the list of packages', 'update', ['update --quiet=2']],
    ['the packages', 'install', ['update --quiet=2', 'install --yes --quiet=2 --no-install-recommends fio']],
  ])('that fail at %s end it with what apt-get said', (_, step, calls) => {
    using checkout = machine();
    checkout.program('bin/apt-get', `if [ "$1" = ${step} ]; then echo 'E: no network' >&2; exit 100; fi`);
    expect(setup(checkout, ['fio'], 0)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(new RegExp(`^apt-get ${step} .*failed:\nE: no network`)),
    });
    expect(checkout.calls().slice(1)).toEqual(calls.map(apt));
  });

  test.each([
    ['who is not root', 1000, ['apt-get']],
    ['whose machine is no Debian', 0, []],
  ])('are named with the command to somebody %s', (_, user, programs) => {
    using checkout = machine(...programs);
    expect(setup(checkout, ['fio', 'iperf'], user)).toMatchObject({
      code: 1,
      stderr: 'Install them and run the command again:\n  sudo apt-get update && sudo apt-get install --yes fio iperf\n',
    });
    expect(checkout.calls()).toEqual([npmCall]);
  });

  test('of the cluster have one word for all of them', () => {
    using checkout = machine('ip', 'openssl');
    const { stderr } = setup(checkout, ['fio', 'cluster']);
    expect(stderr).toMatch(
      /install --yes fio iptables nftables conntrack containerd runc (containernetworking-plugins )?debootstrap buildah docker-registry\n$/,
    );
  });

  test('a file that cannot be run is no program', () => {
    using checkout = machine('fio');
    chmodSync(join(checkout.bin, 'fio'), 0o644);
    expect(setup(checkout, ['fio']).code).toBe(1);
  });
});
