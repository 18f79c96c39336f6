import { expect, test } from '@jest/globals';
import { readOptions, usage } from './options.ts';

const read = (...words: string[]) => {
  const options = readOptions(words);
  return options === 'help' ? options : { ...options, scenarios: options.scenarios.map(({ name }) => name) };
};

test('without a word: all scenarios, 200 members, 100 at once, 3 rounds', () => {
  expect(read()).toEqual({ members: 200, parallelism: 100, rounds: 3, scenarios: ['single', 'pair', 'volcano'] });
});

test('all can be chosen', () => {
  expect(read('--members=1000', '--parallelism=50', '--rounds=1', '--scenarios=pair', '--json=out.json')).toEqual({
    members: 1000,
    parallelism: 50,
    rounds: 1,
    scenarios: ['pair'],
    json: 'out.json',
  });
});

test.each([
  [['--members=0'], '--members: "0" is not allowed; 1 to 10000'],
  [['--members=ten'], '--members: "ten" is not allowed; 1 to 10000'],
  [['--parallelism=1001'], '--parallelism: "1001" is not allowed; 1 to 1000'],
  [['--rounds=1.5'], '--rounds: "1.5" is not allowed; 1 to 100'],
  [['--scenarios=single,triple'], '--scenarios: "triple" is not allowed; all, or some of single,pair'],
  [['--fast'], '--fast'],
  [['fast'], 'fast'],
])('%j is refused', (words, message) => {
  expect(() => readOptions(words)).toThrow(message);
});

test('help names every option and scenario', () => {
  expect(read('--help')).toBe('help');
  for (const word of ['--members', '--parallelism', '--scenarios', '--rounds', '--json', 'single', 'pair']) expect(usage).toContain(word);
});
