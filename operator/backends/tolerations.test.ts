import { describe, expect, test } from '@jest/globals';
import type { Toleration } from '../api/types.ts';
import { tolerationsOf } from './tolerations.ts';

const notReady = 'node.kubernetes.io/not-ready';
const unreachable = 'node.kubernetes.io/unreachable';
const ours = (key: string): Toleration => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 30 });

test('a pod stays half a minute on a node that is lost', () => {
  expect(tolerationsOf()).toEqual([ours(notReady), ours(unreachable)]);
});

describe("the user's word about a lost node stands", () => {
  test.each<[string, Toleration, string[]]>([
    ['another time for one of the two', { key: unreachable, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 600 }, [notReady]],
    ['for ever', { key: notReady, operator: 'Exists', effect: 'NoExecute' }, [unreachable]],
    ['of every effect', { key: notReady, operator: 'Exists' }, [unreachable]],
    ['of whatever taint', { operator: 'Exists' }, []],
    ['of whatever taint that evicts', { operator: 'Exists', effect: 'NoExecute' }, []],
    ['about scheduling only is another matter', { key: notReady, operator: 'Exists', effect: 'NoSchedule' }, [notReady, unreachable]],
    ['about other taints is another matter', { key: 'bench', operator: 'Exists' }, [notReady, unreachable]],
  ])('%s', (_, toleration, added) => {
    expect(tolerationsOf([toleration])).toEqual([toleration, ...added.map(ours)]);
  });
});
