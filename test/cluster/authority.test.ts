import { X509Certificate, createPublicKey } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createAuthority, subjectArgument } from './authority.ts';
import type { Authority } from './authority.ts';

let folder: string;
let authority: Authority;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-authority-'));
  authority = await createAuthority(folder);
});

afterAll(() => rm(folder, { recursive: true }));

const read = async (path: string) => new X509Certificate(await readFile(path));

test('a client certificate carries user and groups, and is for clients only', async () => {
  const pair = await authority.client('jane', { commonName: 'jane/+doe', organizations: ['a', 'b'] });
  const certificate = await read(pair.certificate);
  expect(certificate.subject.split('\n')).toEqual(['O=a', 'O=b', String.raw`CN=jane/\+doe`]);
  expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
  expect(certificate.ca).toBe(false);
  expect(certificate.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
  expect(certificate.verify((await read(authority.certificate)).publicKey)).toBe(true);
});

test('a server certificate answers to its hosts only', async () => {
  const certificate = await read((await authority.server('server', { commonName: 's' }, ['127.0.0.1', '::1', 'localhost'])).certificate);
  expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(certificate.checkIP('::1')).toBe('::1');
  expect(certificate.checkHost('localhost')).toBe('localhost');
  expect(certificate.checkIP('127.0.0.2')).toBeUndefined();
});

test('the authority may sign, and two certificates of it differ', async () => {
  expect((await read(authority.certificate)).ca).toBe(true);
  const [a, b] = [await authority.client('a', { commonName: 'x' }), await authority.client('b', { commonName: 'x' })];
  expect((await read(a.certificate)).serialNumber).not.toBe((await read(b.certificate)).serialNumber);
});

test('a key pair belongs together', async () => {
  const { publicKey, key } = await authority.keyPair('accounts');
  const derived = createPublicKey(await readFile(key)).export({ type: 'spki', format: 'pem' });
  expect(derived).toBe(await readFile(publicKey, 'utf8'));
});

test.each([
  ['a plain name', { commonName: 'admin' }, '/CN=admin'],
  ['groups first', { commonName: 'a', organizations: ['system:masters', 'g'] }, '/O=system:masters/O=g/CN=a'],
  ['a name that tries to be another field', { commonName: 'a/O=system:masters' }, String.raw`/CN=a\/O=system:masters`],
  ['a name that tries to be a second value', { commonName: 'a+O=system:masters' }, String.raw`/CN=a\+O=system:masters`],
  ['a backslash', { commonName: 'a\\' }, '/CN=a\\\\'],
])('subjectArgument: %s', (_, subject, argument) => {
  expect(subjectArgument(subject)).toBe(argument);
});
