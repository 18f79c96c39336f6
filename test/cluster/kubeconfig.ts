import { stringify } from 'yaml';

/** PEM texts of a client and of the authority that it trusts. */
export interface Credentials {
  readonly certificateAuthority: string;
  readonly certificate: string;
  readonly key: string;
}

/** A kubeconfig with one context. It carries the credentials itself, so that it can be copied anywhere. */
export function kubeconfig(server: string, user: string, { certificateAuthority, certificate, key }: Credentials): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server, 'certificate-authority-data': base64(certificateAuthority) } }],
    users: [{ name: user, user: { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user } }],
    'current-context': 'test',
  });
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
