import { expect, test } from '@jest/globals';
import { sample, sampleNames, toolOutput } from '../testing.ts';
import { diagnose } from './diagnose.ts';
import { bandwidthSamples, latencySamples } from './testing.ts';

const samples = [bandwidthSamples, latencySamples].flatMap((folder) => sampleNames(folder).map((name): [string, string] => [name, folder]));

test.each(samples.filter(([name]) => name.includes('no_device') || name.includes('named_device')))(
  'KP-4 the real words of %s mean that there is no device, with what to do',
  (name, folder) => {
    expect(diagnose(sample(folder, name))).toMatchObject({ reason: 'NoRDMADevice', message: expect.stringContaining('resources.limits') });
  },
);

test.each(samples.filter(([name]) => !name.includes('device') && name !== 'err_not_installed.txt'))(
  '%s says nothing of the kind',
  (name, folder) => {
    expect(diagnose(sample(folder, name))).toBeUndefined();
  },
);

test('a program that stdbuf cannot find is missing', () => {
  expect(diagnose(sample(bandwidthSamples, 'err_not_installed.txt'))).toEqual({
    ok: false,
    reason: 'ToolMissing',
    message: 'ib_missing_bw is not installed; apt-get install perftest',
  });
});

// The texts of perftest 4.5's binary; they could not be provoked without a device.
test.each([
  ["Couldn't connect to 10.0.0.9:18515", 'PeerUnreachable'],
  [' Unable to connect (retries = 0)', 'PeerUnreachable'],
  ['unexpected CM event 8', 'PeerUnreachable'],
  ['Received 10 times ADDR_ERROR', 'PeerUnreachable'],
  ['rdma_resolve_addr failed', 'PeerUnreachable'],
  ['Failed to resolve RDMA CM address', 'PeerUnreachable'],
  ['Failed to connect RDMA CM client, tried 5 times.', 'PeerUnreachable'],
  ['Failed to connect through RDMA CM.', 'PeerUnreachable'],
  ['IB device mlx5_7 not found', 'NoRDMADevice'],
  ["Couldn't allocate MR", 'ToolFailed'],
  [' Failed to complete run_iter_bw function successfully', undefined],
])('%s: %s', (stderr, reason) => {
  expect(diagnose(toolOutput({ stderr: `${stderr}\n`, exitCode: 1 }))?.reason).toBe(reason);
});

test('what is said about memory names the limit', () => {
  expect(diagnose(toolOutput({ stderr: "Couldn't allocate MR\n" }))?.message).toContain('RLIMIT_MEMLOCK');
});
