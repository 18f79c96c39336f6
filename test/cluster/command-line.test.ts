import { expect, test } from '@jest/globals';
import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { parseRequest, usage } from './command-line.ts';

const name = 'assay';
const up = { action: 'up', name, audit: false, addOns: [] };

test.each([
  ['up', up],
  ['up --audit', { ...up, audit: true }],
  ['up --name b', { ...up, name: 'b' }],
  ['--name b up', { ...up, name: 'b' }],
  ['--name=b up', { ...up, name: 'b' }],
  ['up --with multus,volcano', { ...up, addOns: ['volcano', 'multus'] }],
  ['--with jobset up', { ...up, addOns: ['jobset'] }],
  ['--name up down', { action: 'down', name: 'up' }],
  ['down', { action: 'down', name }],
  ['down --name=b', { action: 'down', name: 'b' }],
  ['status --name b', { action: 'status', name: 'b' }],
  ['load', { action: 'load' }],
  ['kubectl', { action: 'kubectl', name, words: [] }],
  ['kubectl get pods --all-namespaces', { action: 'kubectl', name, words: ['get', 'pods', '--all-namespaces'] }],
  ['--name b kubectl get nodes', { action: 'kubectl', name: 'b', words: ['get', 'nodes'] }],
  ['run node --version', { action: 'run', name, words: ['node', '--version'] }],
])('%s', (line, request) => {
  expect(parseRequest(line.split(' '))).toEqual(request);
});

test('what follows run and kubectl is the program’s, even --name', () => {
  expect(parseRequest(['run', 'tool', '--name', 'x'])).toEqual({ action: 'run', name, words: ['tool', '--name', 'x'] });
  expect(parseRequest(['kubectl', 'config', 'set', '--name=x', 'a b', ''])).toEqual({
    action: 'kubectl',
    name,
    words: ['config', 'set', '--name=x', 'a b', ''],
  });
});

test.each([
  ['nothing', [], 'Usage:'],
  ['only a name', ['--name', 'b'], 'Usage:'],
  ['an unknown command', ['start'], '"start" is no command'],
  ['an unknown option', ['up', '--quick'], "Unknown option '--quick'"],
  ['an option of another command', ['down', '--audit'], "Unknown option '--audit'"],
  ['an option before run that it does not have', ['--audit', 'run', 'x'], "Unknown option '--audit'"],
  ['an add-on that there is not', ['up', '--with', 'volcano,x'], 'x is no add-on'],
  ['add-ons of another command', ['status', '--with', 'volcano'], "Unknown option '--with'"],
  ['a name without value', ['up', '--name'], '--name'],
  ['a word too many', ['down', 'b'], 'b'],
  ['load with a name', ['load', '--name', 'b'], 'load takes no options'],
  ['load with a name before it', ['--name', 'b', 'load'], 'load takes no options'],
  ['run without a program', ['run'], 'run needs a program'],
])('%s is refused, with the usage', (_, words, message) => {
  expect(() => parseRequest(words)).toThrow(message);
  expect(() => parseRequest(words)).toThrow('Usage: npm run cluster');
});

test('words of a program that is run come through unchanged, whatever they are', () => {
  assert(
    property(array(string(), { minLength: 1 }), (words) => {
      expect(parseRequest(['run', ...words])).toEqual({ action: 'run', name, words });
      expect(parseRequest(['--name', 'b', 'kubectl', ...words])).toEqual({ action: 'kubectl', name: 'b', words });
    }),
  );
});

test('any other words give a request or the usage, never anything else', () => {
  assert(
    property(array(oneof(string(), constantFrom('up', 'down', '--name', '--audit', '--with', 'kueue', 'load', '--'))), (words) => {
      try {
        expect(parseRequest(words)).toHaveProperty('action');
      } catch (error) {
        expect((error as Error).message).toContain(usage);
      }
    }),
  );
});
