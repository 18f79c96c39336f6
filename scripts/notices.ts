/** What package-lock.json says of one package. */
interface LockedPackage {
  version?: string;
  license?: string;
  dev?: boolean;
  optional?: boolean;
}

/**
 * The page of third-party notices: every package that a production install brings, with version and licence.
 * @throws Error naming packages that state no licence, so that none is shipped unseen
 */
export function notices(lock: { packages: Record<string, LockedPackage> }): string {
  const shipped = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && !dev);
  const silent = shipped.filter(([, { license }]) => !license).map(([path]) => path);
  if (silent.length > 0)
    throw new Error(`no licence is stated by ${silent.join(', ')}; look it up and leave the package out if there is none`);
  const rows = shipped.map(([path, { version, license }]) => `| ${nameOf(path)} | ${version ?? ''} | ${license ?? ''} |`);
  return [
    '# Third-party notices',
    '',
    'Assay is licensed under Apache-2.0. It uses these packages under their own licences, whose texts are in each package.',
    'Generated from package-lock.json by `npm run generate`.',
    '',
    '| package | version | licence |',
    '|---|---|---|',
    ...[...new Set(rows)].toSorted(),
    '',
  ].join('\n');
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
