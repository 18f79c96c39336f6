import { dirname, join } from 'node:path';
import { cacheFolder } from '../cache.ts';
import { registryAddress } from '../layout.ts';

/**
 * Configuration of Debian's docker-registry.
 * @param folder where images are kept; shared with other clusters, and it outlives them
 * @param address host:port; default the one in a cluster
 */
export function registryConfiguration(folder: string, address = registryAddress) {
  return {
    version: '0.1',
    log: { level: 'warn', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: folder }, delete: { enabled: true } },
    http: { addr: address },
  };
}

/** Folder of the registry's images. */
export function registryFolder(environment: Readonly<Record<string, string | undefined>>, home: string): string {
  return join(dirname(cacheFolder(environment, home)), 'registry');
}
