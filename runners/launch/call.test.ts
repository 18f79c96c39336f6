import { describe, expect, test } from '@jest/globals';
import { longestCall, readCall } from './call.ts';

// As mpirun 4.1.4 of Debian 12 calls its remote shell: the quotes are in the arguments.
const ofOpenMPI =
  '10.77.0.2| orted|-mca|ess|"env"|-mca|ess_base_jobid|"145227776"|-mca|ess_base_vpid|1|-mca|ess_base_num_procs|"2"|-mca|orte_node_regex|"vm,[2:10].77.0.2@0(2)"|-mca|orte_hnp_uri|"145227776.0;tcp://10.77.0.1:43227;tcp6://[fd77::1]:57115"|-mca|pmix|"^s1,s2,cray,isolated"'.split(
    '|',
  );
// As mpiexec.hydra 2021.15 of Intel MPI does.
const ofHydra =
  '10.77.0.2|/opt/impi/bin//hydra_bstrap_proxy|--upstream-host|10.77.0.1|--upstream-port|35417|--launcher|rsh|--time-left|-1|/opt/impi/bin//hydra_pmi_proxy|--usize|-1'.split(
    '|',
  );

describe('a call', () => {
  test('of Open MPI', () => {
    const call = readCall(ofOpenMPI);
    expect(call).toMatchObject({ host: '10.77.0.2' });
    const words = [' orted', ...ofOpenMPI.slice(2)].map((word) => word.replaceAll(/[ "]/g, ''));
    expect(call).toHaveProperty('argv', words);
  });

  test('of Open MPI for a user whose shell is sh', () => {
    const [host = '', orted = '', ...rest] = ofOpenMPI;
    expect(readCall([host, `( test ! -r ./.profile || . ./.profile; ${orted}`, ...rest, ')'])).toEqual(readCall(ofOpenMPI));
  });

  test("of Intel MPI's Hydra", () => {
    expect(readCall(ofHydra)).toEqual({ host: '10.77.0.2', argv: ofHydra.slice(1) });
  });

  test('to an IPv6 address, whose colons Open MPI does not take in the name of a host', () => {
    expect(readCall(['fd77--2', 'orted'])).toEqual({ host: 'fd77::2', argv: ['orted'] });
    expect(readCall(['fd77:0::2', 'orted'])).toEqual({ host: 'fd77:0::2', argv: ['orted'] });
  });
});

test.each([
  ['no host', [], '"" is no address'],
  ['a name', ['worker-1', 'orted'], '"worker-1" is no address'],
  ['an option of ssh', ['-x', '10.0.0.2', 'orted'], '"-x" is no address'],
  ['no command', ['10.0.0.2'], 'there is no command for 10.0.0.2'],
  ['a command for a shell', ['10.0.0.2', 'PATH=/usr/bin:$PATH', ';', 'orted'], 'needs a shell, and there is none: PATH'],
  ['another profile', ['10.0.0.2', '( test ! -r ./.profile || . /tmp/x; orted', ')'], 'needs a shell'],
  ['a command behind the profile', ['10.0.0.2', '( test ! -r ./.profile || . ./.profile; orted; id', ')'], 'needs a shell'],
  ['a command behind the brackets', ['10.0.0.2', '( test ! -r ./.profile || . ./.profile; orted )', '; id'], 'needs a shell'],
  ['more than a server takes', ['10.0.0.2', 'x'.repeat(longestCall + 1)], 'at most 65536 are taken'],
  ['Hydra over IPv6', ['fd77::2', '/opt/impi/bin//hydra_bstrap_proxy', '--x'], 'Intel MPI does not start ranks over IPv6, as at fd77::2'],
])('refuses %s', (_, args, message) => {
  expect(readCall(args)).toContain(message);
});
