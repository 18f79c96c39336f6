import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createAuthority } from './authority.ts';
import type { Pair } from './authority.ts';
import { kubeconfig } from './kubeconfig.ts';

/** A user of the API server: a kubeconfig, and the PEM files that it was made of. All are paths. */
export interface Client extends Pair {
  readonly kubeconfig: string;
}

/** The certificates of one control plane. All paths. */
export interface Pki {
  readonly certificateAuthority: string;
  /** The authority's key: whoever holds it can make clients. */
  readonly certificateAuthorityKey: string;
  /** What the servers of this control plane show. */
  readonly serving: Pair;
  /** What service account tokens are signed with. */
  readonly serviceAccounts: { readonly publicKey: string; readonly key: string };
  client(name: string, groups?: readonly string[]): Promise<Client>;
}

const loopback: readonly string[] = ['127.0.0.1', 'localhost', 'kubernetes.default.svc'];

/**
 * Makes the certificates in a new folder.
 * @param server URL that the clients' kubeconfigs name
 * @param hosts DNS names and IP addresses that the servers answer to
 */
export async function createPki(folder: string, server: string, hosts = loopback): Promise<Pki> {
  await mkdir(folder);
  const authority = await createAuthority(folder);
  let clients = 0;
  return {
    certificateAuthority: authority.certificate,
    certificateAuthorityKey: authority.key,
    serving: await authority.server('serving', { commonName: 'kube-apiserver' }, hosts),
    serviceAccounts: await authority.keyPair('service-accounts'),
    async client(name, groups = []) {
      // A number and not the user's name, which may hold what a file name may not.
      const file = `client-${++clients}`;
      const pair = await authority.client(file, { commonName: name, organizations: groups });
      const [certificateAuthority, certificate, key] = await Promise.all([
        text(authority.certificate),
        text(pair.certificate),
        text(pair.key),
      ]);
      const path = join(folder, `${file}.kubeconfig`);
      await writeFile(path, kubeconfig(server, name, { certificateAuthority, certificate, key }), { mode: 0o600 });
      return { ...pair, kubeconfig: path };
    },
  };
}

function text(path: string): Promise<string> {
  return readFile(path, 'utf8');
}
