import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { modules } from '../programs.ts';
import { addOns } from './add-ons.ts';
import { addOnNames } from './names.ts';

const place = { folder: '/c/x', kubeconfig: '/c/kubeconfig' };
const all = addOnNames.map((name) => [name, addOns[name]] as const);

/** Configuration file of an add-on. */
function configuration(name: 'jobset' | 'kueue'): unknown {
  return parse(addOns[name].files?.(place)['config.yaml'] ?? '');
}

test.each(all)('%s runs its own programs only, as clients of this cluster, and one of each', (_, addOn) => {
  for (const { program, args } of addOn.services(place)) {
    expect(addOn.programs).toContain(program);
    expect(args).toContain('--kubeconfig=/c/kubeconfig');
  }
});

test.each(all)('the manifests of %s are of a module that a go.mod of ours chooses', (_, { source }) => {
  expect(modules.map(({ name }) => name)).toContain(source.by);
});

test.each(all)('%s says how to see that it works', (_, { probe }) => {
  expect(probe.words.join(' ')).toMatch(/^(wait|get|create --dry-run=server) ?/);
});

test('the programs of Volcano wait for nobody to lead, and open no socket in the machine’s /tmp', () => {
  expect(addOns.volcano.services(place)).toEqual([
    { program: 'vc-controller-manager', args: ['--kubeconfig=/c/kubeconfig', '--leader-elect=false'] },
    {
      program: 'vc-scheduler',
      args: ['--kubeconfig=/c/kubeconfig', '--leader-elect=false'],
      environment: { DEBUG_SOCKET_DIR: '/c/x' },
    },
  ]);
});

test.each(['jobset', 'kueue'] as const)(
  '%s serves its webhooks where the API server calls them, with the cluster’s certificate',
  (name) => {
    const { port } = addOns[name].webhooks ?? {};
    expect(configuration(name)).toMatchObject({
      webhook: { host: '10.200.0.1', port, certDir: '/c/x' },
      internalCertManagement: { enable: false },
      leaderElection: { leaderElect: false },
    });
  },
);

test('no two add-ons serve at one port', () => {
  const ports = (['jobset', 'kueue'] as const).flatMap((name) => {
    const { webhook, health } = configuration(name) as { webhook: { port: number }; health: { healthProbeBindAddress: string } };
    return [String(webhook.port), health.healthProbeBindAddress];
  });
  expect(new Set(ports).size).toBe(ports.length);
});

test('Kueue admits JobSets, Jobs and pods', () => {
  expect(configuration('kueue')).toMatchObject({ integrations: { frameworks: ['batch/job', 'jobset.x-k8s.io/jobset', 'pod'] } });
});

test('Multus may only read networks and note at pods what they got', () => {
  const role = addOns.multus.objects?.find((object) => 'rules' in object) as { rules: { resources: string[]; verbs: string[] }[] };
  const writable = role.rules.filter(({ verbs }) => verbs.some((verb) => !['get', 'list', 'watch'].includes(verb)));
  expect(writable.flatMap(({ resources }) => resources)).toEqual(['pods', 'pods/status', 'events']);
});

test('its two networks are there for pods of every namespace', () => {
  const networks = (addOns.multus.objects ?? []) as { kind: string; metadata: { name: string; namespace?: string }; spec?: object }[];
  expect(networks.filter(({ kind }) => kind === 'NetworkAttachmentDefinition')).toEqual([
    expect.objectContaining({ metadata: { name: 'macvlan', namespace: 'default' } }),
    expect.objectContaining({ metadata: { name: 'bridge', namespace: 'default' } }),
  ]);
});
