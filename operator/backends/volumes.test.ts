import { describe, expect, test } from '@jest/globals';
import type { Volume } from '../../runners/workload.ts';
import { role, run } from './testing/builders.ts';
import { claimsOf, sharedClaimsOf, volumesOf } from './volumes.ts';

const template = { claimTemplate: { size: '1Gi', accessMode: 'ReadWriteOnce' as const } };

function files(source: Volume['source']): Volume {
  return { name: 'files', mountPath: '/data', source };
}

describe('a pod', () => {
  test('always has a scratch folder, for its root is read-only', () => {
    expect(volumesOf(run(), role(), 0)).toEqual({
      volumes: [{ name: 'scratch', emptyDir: {} }],
      mounts: [{ name: 'scratch', mountPath: '/tmp' }],
    });
  });

  test('sees what it is told of its peers as a file, as a whole folder and not to be changed', () => {
    const { volumes, mounts } = volumesOf(run({}, { toldWithin: 60 }), role({ after: ['server'] }), 0);
    const fieldRef = { fieldPath: "metadata.annotations['assay.dev/peers']" };
    expect(volumes.at(-1)).toEqual({ name: 'peers', downwardAPI: { items: [{ path: 'peers', fieldRef }] } });
    expect(mounts.at(-1)).toEqual({ name: 'peers', mountPath: '/assay', readOnly: true });
  });

  test('that needs no peers has no such file', () => {
    expect(volumesOf(run({}, { toldWithin: 60 }), role(), 0).volumes).toEqual([{ name: 'scratch', emptyDir: {} }]);
  });

  test('made from a template gets its own claim with it, since a template names one claim for all', () => {
    const { volumes } = volumesOf(run(), role({ volumes: [files({ ...template, shared: false })] }), { label: 'index' });
    expect(volumes.at(-1)).toMatchObject({
      name: 'files',
      ephemeral: {
        volumeClaimTemplate: {
          metadata: { labels: { 'assay.dev/benchmark': 'net', 'assay.dev/role': 'sleeper' } },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      },
    });
  });

  test('made from a template shares the claim of all replicas', () => {
    const { volumes } = volumesOf(run(), role({ volumes: [files({ ...template, shared: true })] }), { label: 'index' });
    expect(volumes.at(-1)).toEqual({ name: 'files', persistentVolumeClaim: { claimName: 'net-sleeper-files' } });
  });

  test.each<[string, Volume['source'], object]>([
    ['an emptyDir', { emptyDir: { medium: 'Memory' } }, { emptyDir: { medium: 'Memory' } }],
    ["a user's claim", { claimName: 'mine' }, { persistentVolumeClaim: { claimName: 'mine' } }],
    ['a claim of its own', { ...template, shared: false }, { persistentVolumeClaim: { claimName: 'net-worker-files-1-a2' } }],
    ['a claim of all replicas', { ...template, shared: true }, { persistentVolumeClaim: { claimName: 'net-worker-files-a2' } }],
  ])("mounts the workload's volume from %s", (_, source, expected) => {
    const { volumes, mounts } = volumesOf(run({}, { attempt: 2 }), role({ name: 'worker', volumes: [files(source)] }), 1);
    expect(volumes.at(-1)).toEqual({ name: 'files', ...expected });
    expect(mounts.at(-1)).toEqual({ name: 'files', mountPath: '/data' });
  });

  test("takes the user's volumes apart into source and mount", () => {
    const own = { name: 'v', mountPath: '/mnt/v', readOnly: true, subPath: 'a', configMap: { name: 'c' } };
    const { volumes, mounts } = volumesOf(run(), role(), 0, [own]);
    expect(volumes.at(-1)).toEqual({ name: 'v', configMap: { name: 'c' } });
    expect(mounts.at(-1)).toEqual({ name: 'v', mountPath: '/mnt/v', readOnly: true, subPath: 'a' });
  });
});

describe('KP-7 claims', () => {
  test.each<[string, boolean, string[]]>([
    ['one a replica', false, ['net-worker-files-0', 'net-worker-files-1']],
    ['one for all', true, ['net-worker-files']],
  ])('%s', (_, shared, names) => {
    const claims = claimsOf(run(), role({ name: 'worker', replicas: 2, volumes: [files({ ...template, shared })] }));
    expect(claims.map(({ object }) => object.metadata.name)).toEqual(names);
  });

  test('of a later attempt are fresh ones, and ask for no class where the template names none', () => {
    const made = claimsOf(run({}, { attempt: 1 }), role({ name: 'worker', volumes: [files({ ...template, shared: true })] }))[0]?.object;
    expect(made).toMatchObject({
      metadata: { name: 'net-worker-files-a1', labels: { 'assay.dev/role': 'worker', 'assay.dev/attempt': '1' } },
    });
    expect(made).not.toHaveProperty('spec.storageClassName');
  });

  test('are the very ones that the pods mount', () => {
    const own = role({ name: 'worker', replicas: 2, volumes: [files({ ...template, shared: false })] });
    const later = run({}, { attempt: 3 });
    const mounted = [0, 1].map((index) => volumesOf(later, own, index).volumes.at(-1));
    expect(mounted).toEqual(
      claimsOf(later, own).map(({ object }) => ({ name: 'files', persistentVolumeClaim: { claimName: object.metadata.name } })),
    );
  });

  test('none are made for volumes that exist or that live with the pod', () => {
    expect(claimsOf(run(), role({ volumes: [files({ claimName: 'mine' }), files({ emptyDir: {} })] }))).toEqual([]);
  });

  test('carry labels and owner, and what the template asks for', () => {
    const source = { claimTemplate: { ...template.claimTemplate, storageClassName: 'fast' }, shared: true };
    expect(claimsOf(run(), role({ volumes: [files(source)] }))[0]?.object).toMatchObject({
      kind: 'PersistentVolumeClaim',
      metadata: { namespace: 'bench', labels: { 'assay.dev/benchmark': 'net' }, ownerReferences: [{ uid: 'uid-net', controller: true }] },
      spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage: '1Gi' } } },
    });
  });
});

test('shared claims are those alone that all replicas have in common', () => {
  const sources: Volume['source'][] = [
    { ...template, shared: true },
    { ...template, shared: false },
    { emptyDir: {} },
    { claimName: 'mine' },
  ];
  const volumes = sources.map((source, index): Volume => ({ name: `v${index}`, mountPath: `/data${index}`, source }));
  const made = sharedClaimsOf(run(), role({ replicas: 2, volumes }));
  expect(made.map(({ object }) => object.metadata.name)).toEqual(['net-sleeper-v0']);
});
