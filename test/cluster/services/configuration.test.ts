import { expect, test } from '@jest/globals';
import { layout } from '../layout.ts';
import { corefile } from './dns.ts';
import { registryConfiguration, registryFolder } from './registry.ts';
import { auditLog } from './start.ts';

test('the name server answers at the control plane’s address, for the cluster’s names', () => {
  const lines = corefile('/pki/dns.kubeconfig')
    .split('\n')
    .map((line) => line.trim());
  expect(lines).toEqual(
    expect.arrayContaining(['bind 10.200.0.1', 'kubernetes cluster.local in-addr.arpa ip6.arpa {', 'kubeconfig /pki/dns.kubeconfig']),
  );
});

test('the name server asks nobody else', () => {
  expect(corefile('/k')).not.toContain('forward');
});

test('the braces of the name server’s configuration are closed', () => {
  expect(corefile('/k').match(/\{/g)?.length).toBe(corefile('/k').match(/\}/g)?.length);
});

test('the registry serves its folder inside of the cluster only', () => {
  expect(registryConfiguration('/images')).toMatchObject({
    storage: { filesystem: { rootdirectory: '/images' } },
    http: { addr: '10.200.0.1:5000' },
  });
});

test.each([
  ['in the home folder', {}, '/home/a/.cache/assay/registry'],
  ['where the user keeps caches', { XDG_CACHE_HOME: '/cache' }, '/cache/assay/registry'],
  ['in the home folder if that is empty', { XDG_CACHE_HOME: '' }, '/home/a/.cache/assay/registry'],
])('images are kept %s', (_, environment, folder) => {
  expect(registryFolder(environment, '/home/a')).toBe(folder);
});

test('the audit log lies among the logs', () => {
  expect(auditLog(layout('b'))).toBe('/run/assay-cluster/b/logs/audit.log');
});
