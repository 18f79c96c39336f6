import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getCACertificates } from 'node:tls';
import { run } from './run.ts';

/** Where the operator's Dockerfile puts the secret `npm-ca`. */
const certificatesInside = '/run/secrets/npm-ca';

/**
 * One settings file for a build.
 * @param files text of this machine's, the stronger one last
 * @param registry the one in force, which may come from the environment
 */
export function npmrc(files: readonly string[], registry: string): string {
  // A later line wins.
  return [...files, `registry=${registry}`, `cafile=${certificatesInside}`].map((text) => text.replace(/\n*$/, '\n')).join('');
}

/**
 * This machine's way to npm's packages as build secrets, by id.
 * @param folder for their files, which may hold tokens: remove it after the build
 */
export async function npmSecrets(folder: string): Promise<Record<'npmrc' | 'npm-ca', string>> {
  const [registry = '', cafile = '', ...paths] = await Promise.all(['registry', 'cafile', 'globalconfig', 'userconfig'].map(setting));
  const files = await Promise.all(paths.map((path) => readFile(path, 'utf8').catch(() => '')));
  // Without npm's setting, what Node trusts here, with the additions of NODE_EXTRA_CA_CERTS.
  const certificates = cafile === 'null' ? getCACertificates('default').join('\n') : await readFile(cafile, 'utf8');
  const secrets = { npmrc: join(folder, 'npmrc'), 'npm-ca': join(folder, 'npm-ca') };
  await writeFile(secrets.npmrc, npmrc(files, registry), { mode: 0o600 });
  await writeFile(secrets['npm-ca'], certificates);
  return secrets;
}

async function setting(key: string): Promise<string> {
  return (await run('npm', ['config', 'get', key], { step: `npm config get ${key}` })).trim();
}
