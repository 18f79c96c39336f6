import { describe, expect, test } from '@jest/globals';

import type { Parsed } from '../workload.ts';
import type { Ending } from './tool.ts';
import { verdictOf } from './verdict.ts';
import type { Evidence } from './verdict.ts';

const whole: Parsed = { ok: true, metrics: [] };
const unparsable: Parsed = { ok: false, reason: 'OutputUnparsable', message: 'no summary' };
const unreachable: Parsed = { ok: false, reason: 'PeerUnreachable', message: 'connection refused' };

function evidence(ending: Partial<Ending> = {}, changes: Partial<Evidence> = {}): Evidence {
  const base: Ending = { exitCode: 0, signal: null, startedAt: 0, finishedAt: 1e6, stdout: '', stderr: '' };
  return { program: 'iperf3', ending: { ...base, ...ending }, parsed: whole, oomKills: 0, deadline: 40, ...changes };
}

const killed = { exitCode: null, signal: 'SIGKILL' };

describe('verdictOf', () => {
  test.each<[string, Evidence, string | undefined, string | undefined]>([
    ['a whole result', evidence(), undefined, undefined],
    ['a whole result and a bad exit code', evidence({ exitCode: 1 }), 'ToolFailed', 'iperf3 ended with exit code 1'],
    ['no result', evidence({}, { parsed: unparsable }), 'OutputUnparsable', 'no summary'],
    ['no result and a bad exit code', evidence({ exitCode: 2 }, { parsed: unparsable }), 'ToolFailed', 'iperf3 ended with exit code 2'],
    ['a named failure and a bad exit code', evidence({ exitCode: 1 }, { parsed: unreachable }), 'PeerUnreachable', 'connection refused'],
    ['a named failure and exit code 0', evidence({}, { parsed: unreachable }), 'PeerUnreachable', 'connection refused'],
    ['a crash', evidence({ exitCode: null, signal: 'SIGSEGV' }), 'ToolCrashed', 'iperf3 was ended by SIGSEGV'],
    [
      'a crash that the parser took for a result',
      evidence({ exitCode: null, signal: 'SIGABRT' }, { parsed: whole }),
      'ToolCrashed',
      undefined,
    ],
    ['a kill without reason to see', evidence(killed), 'ToolCrashed', 'iperf3 was ended by SIGKILL'],
    [
      'a kill for memory',
      evidence(killed, { oomKills: 1 }),
      'OutOfMemory',
      "was ended by SIGKILL; the kernel killed 1 of the container's processes",
    ],
    [
      'a worker killed for memory',
      evidence({ exitCode: 1 }, { oomKills: 2 }),
      'OutOfMemory',
      'ended with exit code 1; the kernel killed 2',
    ],
    ['a good end beside a kill for memory', evidence({}, { oomKills: 1 }), undefined, undefined],
    ['the deadline', evidence({ ...killed, stopped: 'Deadline' }), 'ToolTimeout', 'iperf3 ran past its deadline of 40 s and was stopped'],
    ['the deadline, heeded with exit code 0', evidence({ stopped: 'Deadline' }), 'ToolTimeout', undefined],
    ['the deadline before memory', evidence({ ...killed, stopped: 'Deadline' }, { oomKills: 1 }), 'ToolTimeout', undefined],
    ['an interrupt', evidence({ stopped: 'Interrupt' }), 'Interrupted', 'iperf3 was stopped because the pod was told to stop'],
    ['a server that is stopped', evidence({ ...killed, stopped: 'Interrupt' }, { parsed: undefined }), undefined, undefined],
    ['a server that ends well', evidence({}, { parsed: undefined }), undefined, undefined],
    ['a server that fails', evidence({ exitCode: 1 }, { parsed: undefined }), 'ToolFailed', 'iperf3 ended with exit code 1'],
    ['a server that crashes', evidence({ exitCode: null, signal: 'SIGSEGV' }, { parsed: undefined }), 'ToolCrashed', undefined],
  ])('%s', (_, given, reason, message) => {
    const verdict = verdictOf(given);
    expect(verdict.reason).toBe(reason);
    expect(verdict.outcome).toBe(reason === undefined ? 'Succeeded' : 'Failed');
    expect(verdict.message ?? '').toContain(message ?? '');
  });

  test.each([
    [
      'error output before output',
      { stdout: 'out', stderr: 'bind failed: Address already in use\n' },
      ': bind failed: Address already in use',
    ],
    ['output where there is no error output', { stdout: 'unknown option\n', stderr: ' \n' }, ': unknown option'],
    ['nothing where there is neither', {}, 'exit code 1'],
    ['nothing of a JSON document', { stdout: '\n{"end": {"sum_sent": {}, "error": "interrupt"}}' }, 'exit code 1'],
    ['error output beside a JSON document', { stdout: '{"end": {}}', stderr: 'no route\n' }, ': no route'],
  ])('quotes %s', (_, ending, end) => {
    expect(verdictOf(evidence({ exitCode: 1, ...ending })).message?.endsWith(end)).toBe(true);
  });

  test('quotes little of much', () => {
    const { message } = verdictOf(evidence({ exitCode: 1, stderr: 'x'.repeat(1_000_000) }));
    expect(message?.length).toBeLessThan(1000);
  });
});
