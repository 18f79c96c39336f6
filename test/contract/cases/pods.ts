import { expect } from '@jest/globals';
import { events, pods } from '../../../operator/kube/object.ts';
import type { Case, TestObject } from '../api.ts';
import { causeFields } from '../api.ts';

function pod(name: string, spec: Record<string, unknown> = {}): TestObject {
  return { metadata: { name }, spec: { containers: [{ name: 'main', image: 'registry/image:1' }], ...spec } };
}

function about(namespace: string): object {
  return { involvedObject: { kind: 'Pod', name: 'a', namespace }, reason: 'Started', type: 'Normal' };
}

export const podCases: Case[] = [
  {
    name: 'a pod gets the defaults that a kubelet reads, and begins Pending',
    async run(api) {
      const { object } = await api.create(pods, pod('a'));
      expect(object.spec).toMatchObject({
        restartPolicy: 'Always',
        terminationGracePeriodSeconds: 30,
        dnsPolicy: 'ClusterFirst',
        schedulerName: 'default-scheduler',
        containers: [
          {
            name: 'main',
            image: 'registry/image:1',
            imagePullPolicy: 'IfNotPresent',
            terminationMessagePath: '/dev/termination-log',
            terminationMessagePolicy: 'File',
          },
        ],
      });
      expect(object.status).toMatchObject({ phase: 'Pending' });
    },
  },
  ...(
    [
      ['without containers', { containers: [] }, ['spec.containers']],
      ['with a container without image', { containers: [{ name: 'a' }] }, ['spec.containers[0].image']],
      ['with a container without name', { containers: [{ image: 'a' }] }, ['spec.containers[0].name']],
      ['with a wrong container name', { containers: [{ name: 'A_', image: 'a' }] }, ['spec.containers[0].name']],
      [
        'with two containers of one name',
        {
          containers: [
            { name: 'a', image: 'a' },
            { name: 'a', image: 'b' },
          ],
        },
        ['spec.containers[1].name'],
      ],
    ] as [string, Record<string, unknown>, string[]][]
  ).map(([what, spec, fields]): Case => ({
    name: `a pod ${what} is Invalid`,
    async run(api) {
      const reply = await api.create(pods, { metadata: { name: 'a' }, spec });
      expect(reply).toMatchObject({ status: 422, body: { reason: 'Invalid', details: { kind: 'Pod' } } });
      expect(causeFields(reply)).toEqual(fields);
    },
  })),
  {
    name: 'a binding places a pod once; its spec does not change otherwise',
    async run(api) {
      await api.given(pods, pod('a'));
      expect(await api.merge(pods, 'a', { spec: { nodeName: 'n1' } })).toMatchObject({ status: 422 });
      expect(await api.bind('a', 'n1')).toMatchObject({ status: 201 });
      const { object } = await api.get(pods, 'a');
      expect(object.spec).toMatchObject({ nodeName: 'n1' });
      expect(object.status).toMatchObject({ phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'True' }] });
      expect(await api.bind('a', 'n2')).toMatchObject({
        status: 409,
        body: { message: 'Operation cannot be fulfilled on pods/binding "a": pod a is already assigned to node "n1"' },
      });
      const reply = await api.merge(pods, 'a', { spec: { restartPolicy: 'Never' } });
      expect(reply).toMatchObject({ status: 422, body: { details: { causes: [{ field: 'spec', reason: 'FieldValueForbidden' }] } } });
    },
  },
  {
    name: 'labels and annotations of a pod change on the main path and with its status',
    async run(api) {
      await api.given(pods, pod('a'));
      await api.merge(pods, 'a', { metadata: { annotations: { peers: '10.0.0.1' } } });
      const { object } = await api.merge(pods, 'a', { metadata: { labels: { a: 'b' } }, status: { phase: 'Running' } }, 'status');
      expect(object).toMatchObject({ metadata: { labels: { a: 'b' }, annotations: { peers: '10.0.0.1' } }, status: { phase: 'Running' } });
    },
  },
  {
    name: 'a pod without a node is gone at once',
    async run(api) {
      await api.given(pods, pod('a'));
      expect(await api.delete(pods, 'a')).toMatchObject({ status: 200, body: { kind: 'Pod' } });
      expect(await api.get(pods, 'a')).toMatchObject({ status: 404 });
    },
  },
  {
    name: 'a pod on a node waits for the kubelet to confirm with grace 0',
    async run(api) {
      await api.given(pods, pod('a', { nodeName: 'n1', terminationGracePeriodSeconds: 7 }));
      const { object } = await api.delete(pods, 'a');
      expect(object.metadata).toMatchObject({ deletionGracePeriodSeconds: 7, generation: 2 });
      const due = Date.parse(object.metadata.deletionTimestamp ?? '') - Date.now();
      expect(Math.abs(due - 7000)).toBeLessThan(3000);
      expect(await api.get(pods, 'a')).toMatchObject({ status: 200 });
      expect(await api.delete(pods, 'a', { gracePeriodSeconds: 0 })).toMatchObject({ status: 200 });
      expect(await api.get(pods, 'a')).toMatchObject({ status: 404 });
    },
  },
  {
    name: 'a second deletion of a pod shortens its grace, and never lengthens it',
    async run(api) {
      await api.given(pods, pod('a', { nodeName: 'n1' }));
      const seconds = [];
      for (const gracePeriodSeconds of [20, 25, 5]) {
        const { object } = await api.delete(pods, 'a', { gracePeriodSeconds });
        seconds.push(object.metadata.deletionGracePeriodSeconds);
      }
      expect(seconds).toEqual([20, 20, 5]);
      await api.delete(pods, 'a', { gracePeriodSeconds: 0 });
    },
  },
  {
    name: 'a pod that has ended needs no grace',
    async run(api) {
      await api.given(pods, pod('a', { nodeName: 'n1' }));
      await api.merge(pods, 'a', { status: { phase: 'Succeeded' } }, 'status');
      await api.delete(pods, 'a');
      expect(await api.get(pods, 'a')).toMatchObject({ status: 404 });
    },
  },
  {
    name: 'a watcher sees a pod marked before it goes, even without grace',
    async run(api) {
      const { metadata } = await api.list(pods);
      const seen = await api.watch(pods, { resourceVersion: metadata.resourceVersion }, 3, async () => {
        await api.given(pods, pod('a'));
        await api.delete(pods, 'a');
      });
      expect(seen.map(({ type, object }) => [type, object.metadata.deletionTimestamp !== undefined])).toEqual([
        ['ADDED', false],
        ['MODIFIED', true],
        ['DELETED', true],
      ]);
    },
  },
  {
    name: 'a finalizer keeps a pod past its grace',
    async run(api) {
      const { metadata, ...rest } = pod('a', { nodeName: 'n1' });
      await api.given(pods, { ...rest, metadata: { ...metadata, finalizers: ['contract.assay.dev/hold'] } });
      await api.delete(pods, 'a', { gracePeriodSeconds: 0 });
      expect(await api.get(pods, 'a')).toMatchObject({ status: 200 });
      await api.merge(pods, 'a', { metadata: { finalizers: null } });
      expect(await api.get(pods, 'a')).toMatchObject({ status: 404 });
    },
  },
  {
    name: 'the log of a pod that has no node is empty; a container that it has not is refused',
    async run(api) {
      await api.given(pods, pod('a'));
      const path = `/api/v1/namespaces/${api.namespace}/pods/a/log`;
      expect((await api.send('GET', path, { query: { container: 'main' } })).body).toBe('');
      expect(await api.send('GET', path, { query: { container: 'other' } })).toMatchObject({
        status: 400,
        body: { message: 'container other is not valid for pod a' },
      });
    },
  },
  {
    name: 'an Event must lie in the namespace of what it is about',
    async run(api) {
      expect(await api.create(events, { metadata: { name: 'a' }, ...about(api.namespace) })).toMatchObject({ status: 201 });
      const reply = await api.create(events, { metadata: { name: 'b' }, ...about('default') });
      expect(causeFields(reply)).toEqual(['involvedObject.namespace']);
    },
  },
];
