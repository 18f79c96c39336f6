import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Paths of a PEM certificate and its key. */
export interface Pair {
  readonly certificate: string;
  readonly key: string;
}

/** Who a certificate is for. Kubernetes reads the user's name from the common name, the groups from the organizations. */
export interface Subject {
  readonly commonName: string;
  readonly organizations?: readonly string[];
}

/** A certificate authority of its own, with P-256 keys, in one folder. It lives no longer than a test run: ten days. */
export interface Authority extends Pair {
  /** A client certificate. @param file name of its files, without extension */
  client(file: string, subject: Subject): Promise<Pair>;
  /** A server certificate. @param hosts DNS names and IP addresses that it answers to */
  server(file: string, subject: Subject, hosts: readonly string[]): Promise<Pair>;
  /** A bare key with its public half, as service account tokens are signed with. */
  keyPair(file: string): Promise<{ publicKey: string; key: string }>;
}

/** Makes an authority in an existing folder. Needs the `openssl` program. */
export async function createAuthority(folder: string): Promise<Authority> {
  const configuration = join(folder, 'openssl.cnf');
  // The system's own configuration would add extensions of its choice.
  await writeFile(configuration, '[req]\ndistinguished_name = subject\n[subject]\n');
  const self = pair(folder, 'ca');

  const certify = async (file: string, subject: Subject, signer: Pair | undefined, extensions: readonly string[]): Promise<Pair> => {
    const { certificate, key } = pair(folder, file);
    const args = ['req', '-x509', '-config', configuration, '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    const signedBy = signer ? ['-CA', signer.certificate, '-CAkey', signer.key] : [];
    const added = extensions.flatMap((extension) => ['-addext', extension]);
    await openssl([...args, '-days', '10', '-subj', subjectArgument(subject), '-keyout', key, '-out', certificate, ...signedBy, ...added]);
    return { certificate, key };
  };

  const leaf = (file: string, subject: Subject, usage: string, more: readonly string[] = []) =>
    certify(file, subject, self, [
      'basicConstraints=critical,CA:FALSE',
      'keyUsage=critical,digitalSignature',
      `extendedKeyUsage=${usage}`,
      ...more,
    ]);

  await certify('ca', { commonName: 'assay-test-ca' }, undefined, [
    'basicConstraints=critical,CA:TRUE',
    'keyUsage=critical,keyCertSign,cRLSign',
  ]);
  return {
    ...self,
    client: (file, subject) => leaf(file, subject, 'clientAuth'),
    server: (file, subject, hosts) => leaf(file, subject, 'serverAuth', [`subjectAltName=${hosts.map(alternativeName).join(',')}`]),
    keyPair: async (file) => {
      const { key } = pair(folder, file);
      const publicKey = join(folder, `${file}.pub`);
      await openssl(['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-out', key]);
      await openssl(['pkey', '-in', key, '-pubout', '-out', publicKey]);
      return { publicKey, key };
    },
  };
}

/** A subject as openssl's -subj takes it: a slash or plus in a name is part of the name, not a new field. */
export function subjectArgument({ commonName, organizations = [] }: Subject): string {
  return [...organizations.map((name) => `/O=${escaped(name)}`), `/CN=${escaped(commonName)}`].join('');
}

function escaped(name: string): string {
  return name.replaceAll(/[\\/+]/g, String.raw`\$&`);
}

function alternativeName(host: string): string {
  return /^[\d.]+$|:/.test(host) ? `IP:${host}` : `DNS:${host}`;
}

function pair(folder: string, file: string): Pair {
  return { certificate: join(folder, `${file}.crt`), key: join(folder, `${file}.key`) };
}

async function openssl(args: readonly string[]): Promise<void> {
  try {
    await run('openssl', args);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new Error('no openssl on the PATH, which makes the certificates: install openssl >= 3', { cause: error });
    }
    throw error;
  }
}
