import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { kubeconfig } from './kubeconfig.ts';

test('a kubeconfig has one context that leads from user to server', () => {
  const text = kubeconfig('https://127.0.0.1:1', 'a: b', { certificateAuthority: 'ca', certificate: 'crt', key: 'key' });
  expect(parse(text)).toEqual({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server: 'https://127.0.0.1:1', 'certificate-authority-data': 'Y2E=' } }],
    users: [{ name: 'a: b', user: { 'client-certificate-data': 'Y3J0', 'client-key-data': 'a2V5' } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'a: b' } }],
    'current-context': 'test',
  });
});
