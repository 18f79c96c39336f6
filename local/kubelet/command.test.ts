import { describe, expect, test } from '@jest/globals';

import { commandOf, environmentOf } from './command.ts';
import type { EnvVar } from './pod.ts';
import { container, pod } from './testing.ts';

describe('commandOf', () => {
  test.each([
    ['a command', { command: ['sleep'], args: ['1'] }, ['sleep', '1']],
    ['arguments alone, as after an entry point that runs them', { command: [], args: ['sleep', '1'] }, ['sleep', '1']],
    [
      'arguments alone, too, after what our images have for a first process',
      { command: ['/usr/bin/setpriv', '--ambient-caps=+ipc_lock', '/usr/bin/tini', '--'], args: ['sleep', '1'] },
      ['sleep', '1'],
    ],
    ['another program with such arguments', { command: ['echo', '/usr/bin/tini', '--', 'x'] }, ['echo', '/usr/bin/tini', '--', 'x']],
    ['Node', { command: ['node', '-v'] }, [process.execPath, '-v']],
    ['Node as an argument stays', { command: ['echo', 'node'] }, ['echo', 'node']],
    ['files of the image', { command: ['node', '/app/runners/agent/main.ts'] }, [process.execPath, '/project/runners/agent/main.ts']],
    ['a program of the image', { command: ['/app/tool'] }, ['/project/tool']],
    ['blanks, quotes and empty arguments', { command: ['echo', 'a b', '"', ''] }, ['echo', 'a b', '"', '']],
    ['variables', { command: ['echo'], args: ['$(IP):80', '$$(IP)', '$(NONE)'] }, ['echo', '10.0.0.1:80', '$(IP)', '$(NONE)']],
    ['other paths stay', { command: ['cat', '/application/x', 'a/app/b'] }, ['cat', '/application/x', 'a/app/b']],
  ])('%s', (_, given, expected) => {
    expect(commandOf(container(given), '/project', { IP: '10.0.0.1' })).toEqual(expected);
  });

  test('refuses a container that relies on its image', () => {
    expect(() => commandOf(container({ command: [] }), '/project', {})).toThrow(
      'container main has no command, and local mode has no image',
    );
  });
});

const place = { podIPs: ['127.9.0.2', '::ffff:7f09:2'], hostIP: '127.0.0.1' };
const labels = { 'assay.dev/role': 'server' };
const given = pod('one', { nodeName: 'local-1' }, { uid: 'u1', labels, annotations: { note: 'hi' } });
const environment = (...env: EnvVar[]) => environmentOf(container({ env }), given, place);
const field = (fieldPath: string): EnvVar => ({ name: 'X', valueFrom: { fieldRef: { fieldPath } } });

describe('environmentOf', () => {
  test.each([
    ['metadata.name', 'one'],
    ['metadata.namespace', 'default'],
    ['metadata.uid', 'u1'],
    ["metadata.labels['assay.dev/role']", 'server'],
    ["metadata.annotations['note']", 'hi'],
    ["metadata.labels['absent']", ''],
    ['spec.nodeName', 'local-1'],
    ['status.podIP', '127.9.0.2'],
    ['status.podIPs', '127.9.0.2,::ffff:7f09:2'],
    ['status.hostIP', '127.0.0.1'],
  ])('fills in %s', (path, value) => {
    expect(environment(field(path))).toEqual({ X: value });
  });

  test('fills in variables that stand before', () => {
    expect(environment({ name: 'A', value: '1' }, { name: 'B', value: '$(A)$(C)$$(A)' })).toEqual({ A: '1', B: '1$(C)$(A)' });
  });

  test('does not fill in what a field brings along', () => {
    const hostile = pod('one', {}, { labels: { x: '$(SECRET)' } });
    const env = [{ name: 'SECRET', value: 's' }, field("metadata.labels['x']")];
    expect(environmentOf(container({ env }), hostile, place)['X']).toBe('$(SECRET)');
  });

  test('does not fill in variables that stand after', () => {
    expect(environment({ name: 'A', value: '$(B)' }, { name: 'B', value: '1' })).toEqual({ A: '$(B)', B: '1' });
  });

  test('has the last of two values of one name', () => {
    expect(environment({ name: 'A', value: '1' }, { name: 'A', value: '2' })).toEqual({ A: '2' });
  });

  test.each(['labels', 'annotations'])('a pod without %s has empty ones', (map) => {
    const env = [field(`metadata.${map}['any']`)];
    expect(environmentOf(container({ env }), pod(), place)).toEqual({ X: '' });
  });

  test('a variable without a value is empty', () => {
    expect(environment({ name: 'A' })).toEqual({ A: '' });
  });

  test.each<[string, () => unknown, string]>([
    ['an unknown field', () => environment(field('spec.hostname')), 'variable X: field spec.hostname is not known'],
    ['another source', () => environment({ name: 'X', valueFrom: {} }), 'variable X: only value and valueFrom.fieldRef'],
    ['envFrom', () => environmentOf(container({ envFrom: [{}] }), given, place), 'container main: envFrom is not available in local mode'],
  ])('refuses %s', (_, act, message) => {
    expect(act).toThrow(message);
  });
});
