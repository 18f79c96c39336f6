import { describe, expect, test } from '@jest/globals';
import { check } from './check.ts';
import type { MpiPingPongParameters } from './parameters.ts';
import { parameters } from './testing.ts';

const netpipe = { tool: 'NetPIPE' } as const;

test.each<[string, Partial<MpiPingPongParameters>]>([
  ['the defaults', {}],
  ['all ranks that there may be', { nodes: 64, processesPerNode: 16 }],
  [
    'options of IMB',
    { extraArgs: ['-iter', '100', '-iter_policy', 'off', '-time=30', '--mem', '2.5', '-off_cache', '-1', '-root_shift', 'on'] },
  ],
  ['the largest message of IMB', { maxMessageLog: 28 }],
  ['the largest message of NetPIPE', { ...netpipe, maxMessageLog: 27 }],
  ['the largest message of NetPIPE past the cache', { ...netpipe, maxMessageLog: 23, extraArgs: ['-I'] }],
  ['options of NetPIPE', { ...netpipe, extraArgs: ['-n', '50', '-a', '-B', '-I', '-S', '-z'] }],
])('nothing is wrong with %s', (_, changes) => {
  expect(check(parameters(changes))).toEqual([]);
});

describe('what is wrong', () => {
  test.each<[string, Partial<MpiPingPongParameters>, string, string]>([
    ['too many ranks', { nodes: 64, processesPerNode: 17 }, 'processesPerNode', '64 nodes with 17 processes are 1088; up to 1024 together'],
    ['a file for the output', { extraArgs: ['-out', '/x'] }, 'extraArgs[0]', '"-out" is not allowed'],
    ['sizes from a file', { extraArgs: ['-iter', '5', '-msglen', '/etc/passwd'] }, 'extraArgs[2]', '"-msglen" is not allowed'],
    ['a benchmark', { extraArgs: ['Barrier'] }, 'extraArgs[0]', '"Barrier" is not allowed'],
    ['other numbers of processes', { extraArgs: ['-npmin', '1'] }, 'extraArgs[0]', 'not allowed'],
    ['an option in place of a value', { extraArgs: ['-iter', '-out'] }, 'extraArgs[1]', '--iter needs a value'],
    ['options of the other tool', { ...netpipe, extraArgs: ['-iter', '5'] }, 'extraArgs[0]', '"-iter" is not allowed'],
    ['another file for the result', { ...netpipe, extraArgs: ['-o', '/x'] }, 'extraArgs[0]', '"-o" is not allowed'],
    ['streams in place of a ping-pong', { ...netpipe, extraArgs: ['-s'] }, 'extraArgs[0]', '"-s" is not allowed'],
    ['a message whose bits NetPIPE cannot count', { ...netpipe, maxMessageLog: 28 }, 'maxMessageLog', 'NetPIPE counts bits in 32'],
    ['a message larger than its buffers', { ...netpipe, maxMessageLog: 24, extraArgs: ['-n', '5', '-I'] }, 'maxMessageLog', 'up to 23'],
    ['a value for a switch', { ...netpipe, extraArgs: ['-a=1'] }, 'extraArgs[0]', '--a takes no value'],
  ])('%s', (_, changes, path, message) => {
    expect(check(parameters(changes))).toEqual([{ path, message: expect.stringContaining(message) }]);
  });
});
