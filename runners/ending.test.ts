import { describe, expect, test } from '@jest/globals';
import { failedTool, lastWords } from './ending.ts';
import { toolOutput } from './testing.ts';

describe('failedTool', () => {
  test.each([
    ['a good exit code', toolOutput(), undefined],
    ['an unknown ending', toolOutput({ exitCode: null }), undefined],
    ['words without a bad ending', toolOutput({ stderr: 'warning' }), undefined],
    ['an exit code', toolOutput({ exitCode: 3 }), { ok: false, reason: 'ToolFailed', message: 'tool ended with exit code 3' }],
    [
      'an exit code with words',
      toolOutput({ exitCode: 1, stderr: 'no such file\n' }),
      { ok: false, reason: 'ToolFailed', message: 'tool ended with exit code 1: no such file' },
    ],
    [
      'words on the standard output',
      toolOutput({ exitCode: 1, stdout: 'no such file\n' }),
      { ok: false, reason: 'ToolFailed', message: 'tool ended with exit code 1: no such file' },
    ],
    [
      'a signal',
      toolOutput({ exitCode: null, signal: 'SIGKILL' }),
      { ok: false, reason: 'ToolCrashed', message: 'tool was ended by SIGKILL' },
    ],
  ])('%s', (_, output, expected) => {
    expect(failedTool('tool', output)).toEqual(expected);
  });
});

describe('lastWords', () => {
  test.each([
    ['lines on one line', 'a\n  b \n\n', 'a; b'],
    ['each line once', 'refused\nrefused\nrefused\ngave up\n', 'refused; gave up'],
    ['no control characters', 'a\u001b[31mred\u0007\tb\u0085', 'a [31mred b'],
    ['nothing', ' \n\n', ''],
  ])('%s', (_, text, expected) => {
    expect(lastWords(text)).toBe(expected);
  });

  test('the end of a long text, bounded', () => {
    const words = lastWords(`${Array.from({ length: 5000 }, (_, index) => `line ${index}`).join('\n')}\nthe end`);
    expect(words).toMatch(/^\.\.\..*; the end$/);
    expect(words.length).toBeLessThanOrEqual(303);
  });
});
