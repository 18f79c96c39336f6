import { describe, expect, test } from '@jest/globals';
import type { PodState } from '../backends/backend.ts';
import { deletionsOf } from './deletions.ts';
import type { Observed } from './observed.ts';
import { holder, pending, running, seen, succeeded } from './testing/builders.ts';

const own = { holder: 'uid-job' };
const held = { holders: [holder()] };

function deeds(pods: PodState[], more: Partial<Observed> = {}): string[] {
  return deletionsOf(pods, seen([], more)).map((action) => `${action.type} ${'name' in action ? action.name : ''}`);
}

describe('what lives is ended', () => {
  test.each<[string, PodState[], Partial<Observed>, string[]]>([
    ['one by one, where pods stand alone', [running(), running({ index: 1 })], {}, ['DeletePod net-sleeper-0', 'DeletePod net-sleeper-1']],
    ['with its holder, once', [running(own), running({ ...own, index: 1 })], held, ['DeleteHolder net']],
    ['with its holder before it was made', [pending({}, { ...own, uid: '' })], held, ['DeleteHolder net']],
    ['not where it has ended', [succeeded(), succeeded({}, own)], held, []],
    ['not twice', [running({ deleting: true }), running(own)], { holders: [holder({ deleting: true })] }, []],
    ['with its holder, though it is going by itself', [running({ ...own, deleting: true })], held, ['DeleteHolder net']],
    ['by itself where its holder is gone', [running(own)], {}, ['DeletePod net-sleeper-0']],
  ])('%s', (_, pods, more, expected) => {
    expect(deeds(pods, more)).toEqual(expected);
  });
});

test('a holder is named with its kind and UID', () => {
  const [action] = deletionsOf([running(own)], seen([], held));
  expect(action).toEqual({ type: 'DeleteHolder', resource: holder().resource, name: 'net', uid: 'uid-job' });
});
