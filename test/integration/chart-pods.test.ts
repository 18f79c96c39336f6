// The operator's pods and who may reach them, as the chart has them.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { everything, only, operatorFlags, operatorPod, type PodTemplate, render, type Rendered } from './chart.ts';
import { unrestricted } from './restricted.ts';

let plain: Rendered[];
let full: Rendered[];

beforeAll(async () => {
  [plain, full] = await Promise.all([render(), render(everything)]);
}, 120_000);

const template = (objects: readonly Rendered[]): [string, PodTemplate][] => [
  ['the operator', operatorPod(objects)],
  ['helm test', { metadata: { labels: {}, annotations: {} }, spec: only(objects, 'Pod').spec as PodTemplate['spec'] }],
];

describe('pods', () => {
  test('keep to the restricted pod security standard, whatever is switched on', () => {
    const broken = [...template(plain), ...template(full)].map(([name, { spec }]) => [name, unrestricted(spec)]);
    expect(broken).toEqual([
      ['the operator', []],
      ['helm test', []],
      ['the operator', []],
      ['helm test', []],
    ]);
  });

  test('write nothing to their root, and name no user: some clusters give their own', () => {
    for (const [, { spec }] of template(full)) {
      expect(spec.containers[0]?.securityContext).toMatchObject({ readOnlyRootFilesystem: true });
      expect(JSON.stringify(spec)).not.toMatch(/runAsUser|runAsGroup|fsGroup/);
    }
  });

  test('are bounded in memory', () => {
    for (const [, { spec }] of template(plain))
      expect(spec.containers[0]?.resources).toMatchObject({ limits: { memory: expect.any(String) } });
  });

  test('of the operator are told by their labels from those of the test', () => {
    const { selector } = only(plain, 'Deployment').spec as { selector: { matchLabels: Record<string, string> } };
    expect(operatorPod(plain).metadata.labels).toMatchObject(selector.matchLabels);
    expect(only(plain, 'Pod').metadata.labels).not.toMatchObject(selector.matchLabels);
  });

  test('find an account with its token mounted, which the account itself does not give', () => {
    expect(operatorPod(plain).spec).toMatchObject({ serviceAccountName: 'assay-operator', automountServiceAccountToken: true });
    expect(only(plain, 'ServiceAccount', 'assay-operator')).toMatchObject({ automountServiceAccountToken: false });
  });

  test('run where they are told to', async () => {
    const operator = {
      nodeSelector: { pool: 'system' },
      tolerations: [{ key: 'system', operator: 'Exists' }],
      affinity: { podAntiAffinity: {} },
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' }],
      priorityClassName: 'high',
    };
    expect(operatorPod(await render({ operator, imagePullSecrets: [{ name: 'login' }] })).spec).toMatchObject({
      ...operator,
      imagePullSecrets: [{ name: 'login' }],
    });
  });

  test('are asked at the port that the operator is told to listen at', () => {
    const [container] = operatorPod(plain).spec.containers;
    expect(container).toMatchObject({
      ports: [{ name: 'http', containerPort: operatorFlags(plain).healthPort }],
      startupProbe: { httpGet: { path: '/healthz', port: 'http' } },
      livenessProbe: { httpGet: { path: '/healthz', port: 'http' } },
      readinessProbe: { httpGet: { path: '/readyz', port: 'http' } },
    });
  });

  test('labels of their own cannot take them out of the selector', async () => {
    const { metadata } = operatorPod(await render({ operator: { podLabels: { 'app.kubernetes.io/component': 'mine', mesh: 'off' } } }));
    expect(metadata.labels).toMatchObject({ 'app.kubernetes.io/component': 'operator', mesh: 'off' });
  });
});

describe('the network', () => {
  test('lets in who asks at one port, and out to names and the API server', () => {
    const { healthPort } = operatorFlags(full);
    const { spec } = only(full, 'NetworkPolicy');
    expect(operatorPod(full).spec.containers[0]).toMatchObject({ ports: [{ name: 'http', containerPort: healthPort }] });
    expect(spec).toEqual({
      podSelector: { matchLabels: expect.objectContaining({ 'app.kubernetes.io/component': 'operator' }) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ ports: [{ port: 'http' }] }],
      egress: [
        {
          ports: [
            { port: 53, protocol: 'UDP' },
            { port: 53, protocol: 'TCP' },
          ],
        },
        { ports: [{ port: 443 }, { port: 6443 }] },
      ],
    });
  });

  test('can be narrowed to who scrapes and where the API server is', async () => {
    const metricsFrom = [{ namespaceSelector: { matchLabels: { team: 'monitoring' } } }];
    const to = [{ ipBlock: { cidr: '10.0.0.1/32' } }];
    const { spec } = only(
      await render({ networkPolicy: { enabled: true, metricsFrom, apiServer: { ports: [7443], to } } }),
      'NetworkPolicy',
    );
    expect(spec).toMatchObject({ ingress: [{ from: metricsFrom }], egress: [{}, { ports: [{ port: 7443 }], to }] });
  });

  test('a monitor finds the Service, and the Service the pods', () => {
    const monitor = only(full, 'ServiceMonitor');
    const { selector } = monitor.spec as { selector: { matchLabels: object } };
    const service = only(full, 'Service');
    const { selector: pods } = service.spec as { selector: object };
    expect(monitor.metadata.labels).toMatchObject({ release: 'prometheus' });
    expect([service.metadata.labels, operatorPod(full).metadata.labels]).toMatchObject([selector.matchLabels, pods]);
    expect([monitor.spec, service.spec]).toMatchObject([{ endpoints: [{ port: 'http', interval: '30s' }] }, { ports: [{ name: 'http' }] }]);
  });
});
