import { expect, test } from '@jest/globals';
import { sample, sampleNames, toolOutput } from '../testing.ts';
import { diagnose } from './diagnose.ts';

const folder = `${import.meta.dirname}/testdata`;

test.each([
  ['openmpi_no_rdma.txt', 'NoRDMADevice', 'PML ucx cannot be selected'],
  ['intelmpi_no_rdma.txt', 'NoRDMADevice', 'No data available'],
  ['openmpi_unreachable.txt', 'PeerUnreachable', '10.77.0.9 port 5200: '],
  ['openmpi_no_program.txt', 'ToolMissing', 'NPabsent'],
  ['intelmpi_no_program.txt', 'ToolMissing', 'IMB-absent'],
  ['intelmpi_ipv6.txt', 'ToolFailed', 'take network.ipFamily: IPv4'],
  ['openmpi_worker_killed.txt', 'PeerUnreachable', 'the connection broke before the daemon ended'],
  ['intelmpi_worker_killed.txt', 'PeerUnreachable', 'the connection broke before the daemon ended'],
])('the recording %s means %s', (name, reason, message) => {
  expect(diagnose({ ...sample(folder, name), exitCode: 1 })).toEqual({ ok: false, reason, message: expect.stringContaining(message) });
});

test('every recording is looked at', () => {
  expect(sampleNames(folder)).toHaveLength(8);
});

test('a missing device is told with what to do', () => {
  expect(diagnose(sample(folder, 'openmpi_no_rdma.txt'))?.message).toContain('give the pods an RDMA device');
});

test.each(['', 'mpirun noticed that process rank 1 exited on signal 11'])(
  'other words mean no more than that it failed: "%s"',
  (stderr) => {
    expect(diagnose(toolOutput({ stderr, exitCode: 1 }))).toBeUndefined();
  },
);
