import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasKubeConfig, loadKubeConfig } from './kubeconfig.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-kubeconfig-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Writes a kubeconfig of one cluster, one user and two contexts. JSON is YAML. */
function write(cluster: object = {}, user: object = {}): string {
  const path = join(folder, 'config');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { server: 'https://10.0.0.1:6443', ...cluster } }],
    users: [{ name: 'u', user }],
    contexts: [
      { name: 'main', context: { cluster: 'c', user: 'u', namespace: 'team' } },
      { name: 'plain', context: { cluster: 'c', user: 'u' } },
      { name: 'broken', context: { cluster: 'missing', user: 'u' } },
    ],
    'current-context': 'main',
  };
  writeFileSync(path, JSON.stringify(config));
  return path;
}

const credentials = async (cluster: object, user: object) =>
  await (await loadKubeConfig({ kubeconfig: write(cluster, user) })).credentials();

describe('loadKubeConfig', () => {
  test('gives server, context and namespace', async () => {
    expect(await loadKubeConfig({ kubeconfig: write() })).toMatchObject({
      server: 'https://10.0.0.1:6443',
      context: 'main',
      namespace: 'team',
      inPod: false,
    });
  });

  test('takes another context when asked', async () => {
    const access = await loadKubeConfig({ kubeconfig: write(), context: 'plain' });
    expect([access.context, access.namespace]).toEqual(['plain', undefined]);
  });

  test.each([
    ['a context that does not exist', 'none', 'the context "none" does not exist; contexts are: main, plain, broken'],
    ['a context without its cluster', 'broken', 'the cluster "missing" of context "broken" does not exist'],
  ])('names %s', async (_, context, message) => {
    await expect(loadKubeConfig({ kubeconfig: write(), context })).rejects.toThrow(message);
  });

  test('names a file that cannot be read', async () => {
    const kubeconfig = join(folder, 'missing');
    await expect(loadKubeConfig({ kubeconfig })).rejects.toThrow(`cannot read the kubeconfig ${kubeconfig}`);
  });
});

describe('credentials', () => {
  test('KP-46 of a token and a certificate authority', async () => {
    expect(await credentials({ 'certificate-authority-data': base64('CA') }, { token: 'secret' })).toEqual({
      headers: { authorization: 'Bearer secret' },
      tls: { ca: Buffer.from('CA') },
    });
  });

  test('KP-46 of a client certificate', async () => {
    const { tls } = await credentials({}, { 'client-certificate-data': base64('CERT'), 'client-key-data': base64('KEY') });
    expect(tls).toEqual({ cert: Buffer.from('CERT'), key: Buffer.from('KEY') });
  });

  test('of a name and a password', async () => {
    const { headers } = await credentials({}, { username: 'me', password: 'pw' });
    expect(headers.authorization).toBe(`Basic ${base64('me:pw')}`);
  });

  test('KP-46 of an exec plug-in', async () => {
    const plugin = join(folder, 'plugin');
    const credential = { apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token: 'from-plugin' } };
    writeFileSync(plugin, `#!/bin/sh\necho '${JSON.stringify(credential)}'\n`);
    chmodSync(plugin, 0o755);
    const { headers } = await credentials({}, { exec: { apiVersion: credential.apiVersion, command: plugin } });
    expect(headers.authorization).toBe('Bearer from-plugin');
  });

  test('without verification, and under another name, only when the file says so', async () => {
    const { tls } = await credentials({ 'insecure-skip-tls-verify': true, 'tls-server-name': 'kube' }, {});
    expect(tls).toEqual({ rejectUnauthorized: false, servername: 'kube' });
  });

  test('of a plain HTTP server', async () => {
    await expect(credentials({ server: 'http://127.0.0.1:8001' }, {})).resolves.toMatchObject({ headers: {} });
  });

  test('come with an agent of their own behind a proxy', async () => {
    const { agent } = await credentials({ 'proxy-url': 'http://proxy:3128' }, {});
    expect(agent).toMatchObject({ keepAlive: true });
  });
});

describe('hasKubeConfig', () => {
  test.each([
    ['KUBECONFIG names a file', { KUBECONFIG: '/somewhere' }, false, true],
    ['KUBECONFIG is empty', { KUBECONFIG: '' }, false, false],
    ['the home folder has one', {}, true, true],
    ['there is none', {}, false, false],
  ])('%s', (_, env, atHome, expected) => {
    if (atHome) {
      mkdirSync(join(folder, '.kube'));
      writeFileSync(join(folder, '.kube', 'config'), '');
    }
    expect(hasKubeConfig(env, folder)).toBe(expected);
  });
});
