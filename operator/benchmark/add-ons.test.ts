import { describe, expect, test } from '@jest/globals';
import type { Backend } from '../backends/backend.ts';
import { podsBackend } from '../backends/pods.ts';
import { KubeClient } from '../kube/client.ts';
import { ApiError } from '../kube/errors.ts';
import { FakeClock } from '../kube/fake-clock.ts';
import type { KubeObject } from '../kube/object.ts';
import { events } from '../kube/object.ts';
import { refusal, reply, ScriptedTransport } from '../kube/scripted-transport.ts';
import { AddOns, lookPause } from './add-ons.ts';
import { unwatched } from './testing/add-ons.ts';
import { holder } from './testing/builders.ts';
import type { Watched } from './watched.ts';

const jobs = holder().resource;
const groups = { group: 'scheduling.volcano.sh', version: 'v1beta1', plural: 'podgroups', kind: 'PodGroup' };
const addOn: Backend['addOn'] = {
  holder: jobs,
  watches: [{ resource: jobs }, { resource: groups }, { resource: events, fieldSelector: 'involvedObject.kind=PodGroup' }],
  install: 'Volcano 1.10',
  chartValue: 'backends.volcano',
};
const volcano: Backend = { ...podsBackend({ tag: 'test' }), name: 'Volcano', ...(addOn ? { addOn } : {}) };
const empty = reply(200, { metadata: { resourceVersion: '1' }, items: [] });

/** Add-ons of Volcano before a server that answers so, and what they ask for and watch. */
function opened(answers: ScriptedTransport['answers'], namespaces?: string[]) {
  const transport = new ScriptedTransport(...answers);
  const clock = new FakeClock();
  const watched: Watched[] = [];
  const state = { lastError: undefined as unknown };
  const watch = (one: Watched) => {
    watched.push(one);
    return Object.defineProperty(unwatched(), 'lastError', { get: () => state.lastError });
  };
  const client = new KubeClient(transport, { clock });
  const addOns = new AddOns({
    client,
    clock,
    backends: [podsBackend({ tag: 'test' }), volcano],
    watch,
    ...(namespaces ? { namespaces } : {}),
  });
  const asked = () => transport.requests.map(({ path }) => path.replace(/^\/apis?\//, ''));
  return { addOns, clock, transport, watched, asked, state };
}

describe('before a benchmark asks for a backend', () => {
  test('nothing is asked of the server', async () => {
    const { addOns, asked, watched } = opened([empty]);
    expect([await addOns.open('Pods'), addOns.missing('Volcano'), addOns.list()]).toEqual([undefined, undefined, []]);
    expect([asked(), watched]).toEqual([[], []]);
  });
});

describe('when one asks', () => {
  test('all that the backend needs is looked for, then watched, and only once', async () => {
    const { addOns, asked, watched } = opened([empty]);
    await Promise.all([addOns.open('Volcano'), addOns.open('Volcano')]);
    await addOns.open('Volcano');
    expect(asked()).toEqual(['batch.volcano.sh/v1alpha1/jobs', 'scheduling.volcano.sh/v1beta1/podgroups', 'v1/events']);
    expect(watched.map(({ resource, labelSelector, fieldSelector }) => [resource.plural, labelSelector ?? fieldSelector])).toEqual([
      ['jobs', 'assay.dev/benchmark'],
      ['podgroups', 'assay.dev/benchmark'],
      ['events', 'involvedObject.kind=PodGroup'],
    ]);
  });

  test('it is looked for in the namespaces that are served', async () => {
    const { addOns, asked } = opened([empty], ['team-a', 'team-b']);
    await addOns.open('Volcano');
    expect(asked().slice(0, 2)).toEqual([
      'batch.volcano.sh/v1alpha1/namespaces/team-a/jobs',
      'batch.volcano.sh/v1alpha1/namespaces/team-b/jobs',
    ]);
  });
});

test('once they are stopped no watch begins, which nobody would end', async () => {
  const { addOns, watched } = opened([empty]);
  const opening = addOns.open('Volcano');
  await addOns.stop();
  await expect(opening).rejects.toThrow('stopping');
  expect(watched).toEqual([]);
});

describe('KP-45 a backend that is not there', () => {
  test.each([
    ['is not served', refusal(404, 'NotFound'), 'the cluster serves no jobs.batch.volcano.sh; install Volcano 1.10'],
    [
      'may not be used',
      refusal(403, 'Forbidden'),
      "the operator may not list jobs.batch.volcano.sh; set backends.volcano=true in the operator's chart, and install Volcano 1.10 where that is not done",
    ],
  ])('%s: a person is told what to do', async (_, answer, message) => {
    const { addOns, watched } = opened([answer]);
    expect(await addOns.open('Volcano')).toEqual({ reason: 'BackendMissing', message });
    expect([addOns.missing('Volcano')?.message, watched]).toEqual([message, []]);
  });

  test('is looked for again after a while, and found without a restart', async () => {
    const { addOns, clock, transport, watched } = opened([refusal(404, 'NotFound')]);
    await addOns.open('Volcano');
    await clock.advance(lookPause - 1);
    expect((await addOns.open('Volcano'))?.reason).toBe('BackendMissing');
    expect(transport.requests).toHaveLength(1);
    transport.answers = [empty];
    await clock.advance(1);
    expect([await addOns.open('Volcano'), addOns.missing('Volcano')]).toEqual([undefined, undefined]);
    expect(watched).toHaveLength(3);
  });

  test('any more is noticed when its watch fails, and begins no second watch when it is back', async () => {
    const { addOns, clock, transport, watched, state } = opened([empty]);
    await addOns.open('Volcano');
    state.lastError = new ApiError(404, 'NotFound', 'gone');
    transport.answers = [refusal(404, 'NotFound')];
    expect((await addOns.open('Volcano'))?.reason).toBe('BackendMissing');
    state.lastError = undefined;
    transport.answers = [empty];
    await clock.advance(lookPause);
    expect([await addOns.open('Volcano'), addOns.missing('Volcano'), watched.length]).toEqual([undefined, undefined, 3]);
  });

  test.each([
    ['ended', new ApiError(410, 'Expired', 'too old')],
    ['lost its connection', new Error('ECONNRESET')],
  ])('is not looked for because a watch %s', async (_, error) => {
    const { addOns, asked, state } = opened([empty]);
    await addOns.open('Volcano');
    state.lastError = error;
    expect([await addOns.open('Volcano'), asked().length]).toEqual([undefined, 3]);
  });

  test('a server in trouble says nothing about it', async () => {
    const { addOns } = opened([refusal(500, 'InternalError')]);
    await expect(addOns.open('Volcano')).rejects.toThrow('500');
    expect(addOns.missing('Volcano')).toBeUndefined();
  });
});

describe('what is watched', () => {
  const own: KubeObject = {
    metadata: { name: 'net', namespace: 'bench', uid: 'uid-job', labels: { 'assay.dev/benchmark-uid': 'uid-net' } },
  };
  const event = { metadata: { name: 'e', namespace: 'bench' }, involvedObject: { uid: 'uid-job' } };

  /** Caches of Jobs, PodGroups and Events. */
  async function filled() {
    const { addOns, watched } = opened([empty]);
    await addOns.open('Volcano');
    const told: string[] = [];
    const end = addOns.onChange(({ metadata }) => told.push(metadata.name));
    watched[0]?.cache.observe(own);
    watched[2]?.cache.observe(event);
    return { addOns, watched, told, end };
  }

  test('is found by the benchmark and by itself, and so are the Events about it', async () => {
    const { addOns } = await filled();
    expect([addOns.list(), addOns.objectsOf('uid-net')].map(([found]) => found?.metadata.name)).toEqual(['net', 'net']);
    expect([addOns.byUid('uid-job')?.metadata.name, addOns.byUid('uid-none')]).toEqual(['net', undefined]);
    expect(addOns.eventsAbout('uid-job').map(({ metadata }) => metadata.name)).toEqual(['e']);
  });

  test('is told when it changes, and when an Event about it comes', async () => {
    const { told, end, watched } = await filled();
    expect(told).toEqual(['net', 'net']);
    end();
    watched[0]?.cache.remove(own);
    expect(told).toHaveLength(2);
  });

  test('kinds that hold pods have their cache by plural', async () => {
    const { addOns } = await filled();
    expect(Object.keys(addOns.holders)).toEqual(['jobs']);
  });
});
