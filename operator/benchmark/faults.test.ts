import { describe, expect, test } from '@jest/globals';
import type { Cause } from '../backends/backend.ts';
import { faultOf } from './faults.ts';
import { logTries } from './logs.ts';
import type { Observed } from './observed.ts';
import { over, seen, start } from './testing/builders.ts';

/** A pod whose log was read as often as it is worth it. @param fault what the log was like */
function afterReading(ended: Partial<Cause> & { exitCode: number }, fault?: Cause): Observed {
  const pod = over(ended);
  return seen([pod], { logs: new Map([[pod.uid, { tries: logTries, at: start, ...(fault && { fault }) }]]) });
}

const unreadable: Cause = { reason: 'ResultMissing', message: 'the log of net-sleeper-0 could not be read: no route to host' };
const forged: Cause = { reason: 'ResultCorrupt', message: 'the result in the log of net-sleeper-0 is not counted: 3 bytes are missing' };
const crash = { exitCode: 139, reason: 'PodFailed', message: 'net-sleeper-0 ended with exit code 139' } as const;
const wordless = { exitCode: 0, reason: 'ResultMissing', message: 'net-sleeper-0 ended well but left no result' } as const;

describe('a pod without a record', () => {
  test.each<[string, Observed, Cause]>([
    ['a crash with nothing in its log', afterReading(crash), { reason: 'PodFailed', message: crash.message }],
    [
      'a crash whose log cannot be read is still a crash',
      afterReading(crash, unreadable),
      { reason: 'PodFailed', message: `${crash.message}; ${unreadable.message}` },
    ],
    [
      'a crash in the middle of its result',
      afterReading(crash, forged),
      { reason: 'ResultCorrupt', message: `${crash.message}; ${forged.message}` },
    ],
    ['a good end without a result', afterReading(wordless), { reason: 'ResultMissing', message: wordless.message }],
    [
      'a good end whose log cannot be read',
      afterReading(wordless, unreadable),
      { reason: 'ResultMissing', message: `${wordless.message}; ${unreadable.message}` },
    ],
    [
      'a good end whose result in the log is unsound',
      afterReading(wordless, forged),
      { reason: 'ResultCorrupt', message: `${wordless.message}; ${forged.message}` },
    ],
  ])('%s', (_, observed, cause) => {
    expect(faultOf(observed)).toEqual(cause);
  });
});
