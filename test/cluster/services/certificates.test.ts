import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { layout } from '../layout.ts';
import { adminKubeconfig, createCertificates } from './certificates.ts';
import type { Certificates } from './certificates.ts';

let folder: string;
let certificates: Certificates;

beforeAll(async () => {
  folder = await mkdtemp(`${tmpdir()}/assay-certificates-`);
  certificates = await createCertificates({ ...layout('assay'), folder });
});

afterAll(() => rm(folder, { recursive: true }));

interface Kubeconfig {
  clusters: { cluster: { server: string } }[];
  users: { user: { 'client-certificate-data': string } }[];
}

async function subjectOf(kubeconfig: string): Promise<string[]> {
  const { users, clusters } = parse(await readFile(kubeconfig, 'utf8')) as Kubeconfig;
  expect(clusters[0]?.cluster.server).toBe('https://10.200.0.1:6443');
  return new X509Certificate(Buffer.from(users[0]?.user['client-certificate-data'] ?? '', 'base64')).subject.split('\n');
}

test('the administrator is in the group that may do everything', async () => {
  expect(await subjectOf(adminKubeconfig({ ...layout('assay'), folder }))).toEqual(['O=system:masters', 'CN=admin']);
});

test('everyone else has the rights of their own user', async () => {
  const users = await Promise.all(
    [certificates.controllerManager, certificates.scheduler, certificates.dns, certificates.proxy].map(subjectOf),
  );
  expect(users).toEqual([
    ['CN=system:kube-controller-manager'],
    ['CN=system:kube-scheduler'],
    ['CN=system:coredns'],
    ['CN=system:kube-proxy'],
  ]);
});

test.each(['n1', 'n2'])('the kubelet of %s is that node to the API server', async (node) => {
  expect(await subjectOf(certificates.kubelet(node))).toEqual(['O=system:nodes', `CN=system:node:${node}`]);
});

test('a node that there is not has no certificate', () => {
  expect(() => certificates.kubelet('n3')).toThrow('no certificate was made for a node n3');
});

test('the API server’s certificate is for the address that pods use', async () => {
  const serving = new X509Certificate(await readFile(certificates.controlPlane.serving.certificate));
  expect(serving.checkIP('10.96.0.1')).toBe('10.96.0.1');
  expect(serving.checkIP('10.200.0.1')).toBe('10.200.0.1');
});
