import { describe, expect, test } from '@jest/globals';
import { optionArguments, readOptions } from './options.ts';
import type { AllowedOption } from './options.ts';

const allowed: AllowedOption[] = [
  { name: 'zerocopy', short: 'Z' },
  { name: 'set-mss', short: 'M', value: /^[0-9]{1,5}$/ },
  { name: 'congestion', value: /^[a-z]+$/ },
];

describe('allowed options', () => {
  test.each([
    ['a switch', ['--zerocopy'], ['--zerocopy']],
    ['a short switch', ['-Z'], ['--zerocopy']],
    ['a value behind an equals sign', ['--set-mss=1400'], ['--set-mss=1400']],
    ['a value as the next argument', ['--set-mss', '1400'], ['--set-mss=1400']],
    ['a short one with a value', ['-M', '1400', '-Z'], ['--set-mss=1400', '--zerocopy']],
    ['none', [], []],
  ])('%s', (_, args, expected) => {
    const read = readOptions(args, allowed);
    expect(read.ok ? optionArguments(read.options) : read).toEqual(expected);
  });
});

describe('refused', () => {
  test.each([
    ['an unknown option', ['--zerocopy', '--json'], 1, '"--json" is not allowed; allowed are --zerocopy, --set-mss, --congestion'],
    ['a value without an option', ['1400'], 0, '"1400" is not allowed'],
    ['an empty argument', [''], 0, '"" is not allowed'],
    ['a value of a switch', ['--zerocopy=1'], 0, '--zerocopy takes no value'],
    ['no value', ['--set-mss'], 0, '--set-mss needs a value like ^[0-9]{1,5}$, not undefined'],
    ['a wrong value', ['--set-mss=big'], 0, '--set-mss needs a value like ^[0-9]{1,5}$, not "big"'],
    ['an option as a value', ['--congestion', '--json'], 1, 'not "--json"'],
    ['a line break in a value', ['--congestion=bbr\n--json'], 0, 'not "bbr\\n--json"'],
    ['a prefix that the tool would complete', ['--zero'], 0, '"--zero" is not allowed'],
  ])('%s', (_, args, index, message) => {
    expect(readOptions(args, allowed)).toEqual({ ok: false, index, message: expect.stringContaining(message) });
  });
});

test('a long list is not recited', () => {
  const many = Array.from({ length: 40 }, (_, number) => ({ name: `option-${number}` }));
  const read = readOptions(['--other'], many);
  expect(read.ok ? '' : read.message).toBe('"--other" is not allowed; the page of the workload lists the 40 that are');
});
