import { describe, expect, test } from '@jest/globals';
import { effectiveSpec } from '../api/parameters.ts';
import type { BenchmarkSpec } from '../api/types.ts';
import type { Pod } from './pod.ts';
import { podObject, podTemplate } from './pod-object.ts';
import { role, run } from './testing/builders.ts';

function podOf(spec: BenchmarkSpec = {}, own = role()): Pod {
  return podObject(run(spec), own, 0, { registry: 'images.example/assay', tag: '1.2' });
}

test('a pod meets the restricted standard and takes nothing that it does not need', () => {
  const { spec } = podOf();
  expect(spec).toMatchObject({
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        args: ['node', '--single-threaded', '/app/runners/agent/main.ts'],
        terminationMessagePolicy: 'File',
        securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      },
    ],
  });
  expect(Object.keys(spec)).not.toEqual(expect.arrayContaining(['hostNetwork', 'serviceAccountName', 'priorityClassName']));
});

test('KP-44 a pod of RDMA adds the one capability that it needs, and stays restricted otherwise', () => {
  const own = { securityContext: { capabilities: { drop: ['ALL'], add: ['IPC_LOCK'] } } };
  const rdma = run({ rdmaBandwidth: {} });
  Reflect.deleteProperty(rdma.benchmark.spec, 'sleep');
  const { spec } = podObject(rdma, role(), 0, { tag: '1.2' });
  const restricted = podOf().spec;
  expect(spec.securityContext).toEqual(restricted.securityContext);
  expect(spec.containers[0]?.securityContext).toEqual({ ...restricted.containers[0]?.securityContext, ...own.securityContext });
  const handing = '/usr/bin/setpriv --inh-caps=+ipc_lock --ambient-caps=+ipc_lock /usr/bin/tini --';
  expect(spec.containers[0]?.command).toEqual(handing.split(' '));
});

test.each([
  ['TCP', undefined],
  ['RDMA', ['IPC_LOCK']],
] as const)('KP-2 a pod of MPI over %s has the capabilities %s', (transport, add) => {
  const mpi = run(effectiveSpec({ mpiPingPong: { transport } }));
  Reflect.deleteProperty(mpi.benchmark.spec, 'sleep');
  const [container] = podObject(mpi, role(), 0, { tag: '1.2' }).spec.containers;
  expect(container?.securityContext.capabilities).toEqual({ drop: ['ALL'], ...(add && { add }) });
  expect(container?.command?.[0]).toBe(add && '/usr/bin/setpriv');
});

test('its name, labels and owner tell whose it is and which', () => {
  expect(podObject(run({}, { attempt: 1 }), role(), 3, { tag: 't' }).metadata).toMatchObject({
    name: 'net-sleeper-3-a1',
    namespace: 'bench',
    labels: { 'assay.dev/benchmark': 'net', 'assay.dev/role': 'sleeper', 'assay.dev/index': '3', 'assay.dev/attempt': '1' },
    ownerReferences: [{ kind: 'Benchmark', name: 'net', uid: 'uid-net', controller: true }],
  });
});

describe('image', () => {
  const digest = `sha256:${'5'.repeat(64)}`;
  test.each([
    ['of the registry', { registry: 'images.example/assay', tag: '1.2' }, {}, 'images.example/assay/assay-runner:1.2'],
    ['of the node, without a registry', { tag: 'dev' }, {}, 'assay-runner:dev'],
    [
      'by digest and without the tag',
      { registry: 'images.example', tag: '1.2', digests: { 'assay-runner': digest } },
      {},
      `images.example/assay-runner@${digest}`,
    ],
    ["by tag where another image's digest is given", { tag: '1.2', digests: { 'assay-fio': digest } }, {}, 'assay-runner:1.2'],
    [
      "the user's before any digest",
      { tag: 'dev', digests: { 'assay-runner': digest } },
      { image: 'example.com/mine:1' },
      'example.com/mine:1',
    ],
    ["the user's", { tag: 'dev' }, { image: 'example.com/mine@sha256:00' }, 'example.com/mine@sha256:00'],
  ])('%s', (_, images, options, expected) => {
    expect(podObject(run({ pod: options }), role(), 0, images).spec.containers[0]?.image).toBe(expected);
  });

  test.each([
    ['CPU', 'assay-pytorch:1.2'],
    ['CUDA', 'assay-pytorch-cuda:1.2'],
  ] as const)('KP-8 of a workload that has one for %s', (device, expected) => {
    const own = run({ pyTorch: { device } });
    Reflect.deleteProperty(own.benchmark.spec, 'sleep');
    expect(podObject(own, role(), 0, { tag: '1.2' }).spec.containers[0]?.image).toBe(expected);
  });
});

describe('spec', () => {
  test.each<[string, BenchmarkSpec, object]>([
    ['schedulerName', { schedulerName: 'volcano' }, { schedulerName: 'volcano' }],
    ['priorityClassName', { priorityClassName: 'high' }, { priorityClassName: 'high' }],
    ['runtimeClassName', { runtimeClassName: 'kata' }, { runtimeClassName: 'kata' }],
    ['imagePullSecrets', { pod: { imagePullSecrets: [{ name: 's' }] } }, { imagePullSecrets: [{ name: 's' }] }],
    ['the network of the node', { network: { host: true } }, { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' }],
    ['an account, with its token', { pod: { serviceAccountName: 'a' } }, { serviceAccountName: 'a', automountServiceAccountToken: true }],
    ['placement', { placement: { nodeSelector: { disk: 'nvme' } } }, { nodeSelector: { disk: 'nvme' } }],
  ])('%s', (_, spec, expected) => {
    expect(podOf(spec).spec).toMatchObject(expected);
  });

  test('resources and pull policy go to the container', () => {
    const resources = { limits: { cpu: '2' } };
    expect(podOf({ pod: { resources, imagePullPolicy: 'Never' } }).spec.containers[0]).toMatchObject({
      resources,
      imagePullPolicy: 'Never',
    });
  });

  test('options of the role win over those of all', () => {
    const spec = { pod: { image: 'a' }, roles: { sleeper: { pod: { image: 'b' } } } };
    expect(podOf(spec).spec.containers[0]?.image).toBe('b');
  });

  test('a role without ports tells none', () => {
    expect(podOf().spec.containers[0]).not.toHaveProperty('ports');
  });

  test('tools have 10 s to end before they are killed', () => {
    expect(podOf().spec.terminationGracePeriodSeconds).toBe(10);
  });

  test("the user's variables, volumes and rights reach the container", () => {
    const made = podOf({
      pod: {
        env: [{ name: 'TZ', value: 'UTC' }],
        volumes: [{ name: 'v', mountPath: '/mnt/v', emptyDir: {} }],
        securityContext: { runAsUser: 1000 },
      },
    }).spec;
    expect(made.containers[0]?.env[0]).toEqual({ name: 'TZ', value: 'UTC' });
    expect(made.containers[0]?.volumeMounts.at(-1)).toEqual({ name: 'v', mountPath: '/mnt/v' });
    expect(made.containers[0]?.securityContext.runAsUser).toBe(1000);
    expect(made.volumes.at(-1)).toEqual({ name: 'v', emptyDir: {} });
  });

  test('ports are told, so that two servers of one port do not share a host network', () => {
    const server = role({ task: { argv: ['true'], measures: false, listens: { protocol: 'UDP', port: 5201 }, readyPort: 5202 } });
    expect(podOf({}, server).spec.containers[0]?.ports).toEqual([
      { containerPort: 5201, protocol: 'UDP' },
      { containerPort: 5202, protocol: 'TCP' },
    ]);
  });
});

describe('metadata', () => {
  test.each([
    ['a network of another namespace', 'networks/fast', 'networks/fast'],
    ['a network of the own one', 'fast', 'bench/fast'],
  ])('%s in place of the default one', (_, name, expected) => {
    expect(podOf({ network: { name } }).metadata.annotations).toEqual({ 'v1.multus-cni.io/default-network': expected });
  });

  test('annotations of the user stay beside that of the network, and there are none where nobody asks', () => {
    const both = podOf({ network: { name: 'fast' }, pod: { annotations: { note: 'x' } } }).metadata.annotations;
    expect(both).toEqual({ note: 'x', 'v1.multus-cni.io/default-network': 'bench/fast' });
    expect(podOf().metadata).not.toHaveProperty('annotations');
  });

  test('a queue of Kueue', () => {
    expect(podOf({ queue: 'night' }).metadata.labels).toMatchObject({ 'kueue.x-k8s.io/queue-name': 'night' });
  });

  test("the operator's labels win over the user's", () => {
    expect(podOf({ pod: { labels: { 'assay.dev/benchmark-uid': 'forged', team: 'blue' } } }).metadata.labels).toMatchObject({
      'assay.dev/benchmark-uid': 'uid-net',
      team: 'blue',
    });
  });
});

// What the schema lets through, or an older CRD let through, must not become another field, another argument or a privilege.
describe('KP-34 hostile strings', () => {
  const hostile = 'x\n  privileged: true\n"}],"hostNetwork":true,"$(POD_IP)"; exec_prerun=/bin/sh -- --privileged';
  const plain = podOf({ pod: { env: [{ name: 'A', value: 'plain' }] } });

  test.each<[string, BenchmarkSpec]>([
    ['a parameter', { sleep: { duration: hostile } }],
    ['a variable', { pod: { env: [{ name: 'A', value: hostile }] } }],
    ['an annotation', { pod: { annotations: { note: hostile } } }],
    ['a label', { pod: { labels: { note: hostile } } }],
    ['an image', { pod: { image: hostile } }],
    ['a node', { placement: { nodes: { sleeper: hostile } } }],
    ['a network', { network: { name: hostile } }],
    ['a priority class', { priorityClassName: hostile }],
  ])('%s changes no argument, no right and no other field', (_, spec) => {
    const { spec: made } = podOf(spec);
    const [container] = made.containers;
    expect(container?.args).toEqual(plain.spec.containers[0]?.args);
    expect(container?.securityContext).toEqual(plain.spec.containers[0]?.securityContext);
    expect(made.securityContext).toEqual(plain.spec.securityContext);
    expect(made.volumes).toEqual(plain.spec.volumes);
    expect(made).not.toHaveProperty('hostNetwork');
  });
});

describe('a template', () => {
  const images = { tag: 't' };
  const template = (spec: BenchmarkSpec = {}) => podTemplate(run(spec), role(), { label: 'index' }, images);

  test('has all of a pod but what is of one pod alone', () => {
    const { metadata, spec } = podObject(run({ pod: { labels: { team: 'net' } } }), role(), 0, images);
    const { 'assay.dev/index': _, ...labels } = metadata.labels ?? {};
    const made = template({ pod: { labels: { team: 'net' } } });
    expect(made.metadata).toEqual({ labels });
    expect({ ...made.spec, containers: [] }).toEqual({ ...spec, containers: [] });
  });

  test('is in no queue of Kueue: what holds the pods is', () => {
    expect(Object.keys(template({ queue: 'night' }).metadata.labels).filter((key) => key.includes('kueue'))).toEqual([]);
  });

  test('has another key each time', () => {
    const [first, second] = [template(), template()].map(({ spec }) => JSON.stringify(spec.containers[0]?.env));
    expect(first).not.toBe(second);
  });
});
