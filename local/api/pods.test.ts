import { describe, expect, test } from '@jest/globals';
import type { ApiObject, Fields } from './object.ts';
import { copy } from './object.ts';
import { bound, logOptions } from './pod-requests.ts';
import { podKind } from './pods.ts';

function pod(spec: Fields = {}, status?: Fields): ApiObject {
  const whole = { containers: [{ name: 'main', image: 'a:1' }], ...spec };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'ns' }, spec: whole, ...(status && { status }) };
}

function prepared(object: ApiObject): ApiObject {
  const result = copy(object);
  podKind.prepare?.(result);
  return result;
}

describe('defaults', () => {
  test('do not replace what is said', () => {
    const said = { restartPolicy: 'Never', terminationGracePeriodSeconds: 0, schedulerName: 'other' };
    expect(prepared(pod(said)).spec).toMatchObject(said);
  });

  test('are not shared between pods', () => {
    const [one, two] = [prepared(pod()), prepared(pod())];
    Object.assign(one.spec?.['securityContext'] as object, { runAsUser: 1 });
    expect(two.spec?.['securityContext']).toEqual({});
  });

  test.each([
    ['a:1', 'IfNotPresent'],
    ['a', 'Always'],
    ['a:latest', 'Always'],
    ['registry:5000/a', 'Always'],
    ['registry:5000/a:2', 'IfNotPresent'],
  ])('image %s is pulled %s', (image, policy) => {
    expect(prepared(pod({ containers: [{ name: 'main', image }] })).spec).toMatchObject({ containers: [{ imagePullPolicy: policy }] });
  });
});

describe('grace', () => {
  test.each<[string, ApiObject, number | undefined, number]>([
    ['a pod without a node', pod(), 30, 0],
    ['a pod on a node', pod({ nodeName: 'n' }), undefined, 30],
    ['a pod with a grace of its own', pod({ nodeName: 'n', terminationGracePeriodSeconds: 5 }), undefined, 5],
    ['a pod whose grace is asked for', pod({ nodeName: 'n', terminationGracePeriodSeconds: 5 }), 60, 60],
    ['a pod that is to go now', pod({ nodeName: 'n' }), 0, 0],
    ['a negative grace', pod({ nodeName: 'n' }), -1, 0],
    ['a pod that succeeded', pod({ nodeName: 'n' }, { phase: 'Succeeded' }), 30, 0],
    ['a pod that failed', pod({ nodeName: 'n' }, { phase: 'Failed' }), 30, 0],
    ['a pod that runs', pod({ nodeName: 'n' }, { phase: 'Running' }), 10, 10],
  ])('%s', (_, object, asked, wanted) => {
    expect(podKind.gracePeriod?.(object, asked)).toBe(wanted);
  });
});

describe('a change of the spec', () => {
  test.each<[string, Fields, boolean]>([
    ['of an image', { containers: [{ name: 'main', image: 'a:2' }] }, true],
    ['of the deadline', { activeDeadlineSeconds: 5 }, true],
    ['of tolerations', { tolerations: [{ key: 'a' }] }, true],
    ['of nothing', {}, true],
    ['of the node', { nodeName: 'n' }, false],
    ['of a command', { containers: [{ name: 'main', image: 'a:1', command: ['x'] }] }, false],
    ['of the number of containers', { containers: [] }, false],
  ])('%s is allowed: %s', (_, spec, allowed) => {
    expect(podKind.validate?.(pod(spec), pod())?.length === 0).toBe(allowed);
  });
});

describe('a log request', () => {
  const two = pod({ initContainers: [{ name: 'init', image: 'a' }] });

  test('needs no container where there is one', () => {
    expect(logOptions(pod(), {})).toEqual({ container: 'main', previous: false });
  });

  test('reads its options', () => {
    const query = { container: 'init', previous: 'true', tailLines: '3', limitBytes: '10', sinceSeconds: '60' };
    expect(logOptions(two, query)).toEqual({ container: 'init', previous: true, tailLines: 3, limitBytes: 10, sinceSeconds: 60 });
  });

  test.each([
    [{}, 'a container name must be specified for pod a, choose one of: [init main]'],
    [{ container: 'x' }, 'container x is not valid for pod a'],
  ])('%j is refused', (query, message) => {
    expect(() => logOptions(two, query)).toThrow(message);
  });
});

describe('a binding', () => {
  const binding = { target: { kind: 'Node', name: 'n1' } };

  test('sets the node and the condition, and keeps other conditions', () => {
    const old = pod(
      {},
      {
        phase: 'Pending',
        conditions: [
          { type: 'PodScheduled', status: 'False' },
          { type: 'Other', status: 'True' },
        ],
      },
    );
    const { spec, status } = bound(old, binding, '2026-01-01T00:00:00Z');
    expect(spec).toMatchObject({ nodeName: 'n1' });
    expect(status?.['conditions']).toEqual([
      { type: 'Other', status: 'True' },
      { type: 'PodScheduled', status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z' },
    ]);
  });

  test('needs a node', () => {
    expect(() => bound(pod(), { target: {} }, '')).toThrow('target.name is required');
  });

  test('of a pod that has a node is refused', () => {
    expect(() => bound(pod({ nodeName: 'n1' }), binding, '')).toThrow('pod a is already assigned to node "n1"');
  });
});
