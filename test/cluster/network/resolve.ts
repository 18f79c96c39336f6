// Asks one DNS server for one name, once: exit code 0 if it answers. It is run inside a node's network namespace.
//   node test/cluster/network/resolve.ts NAME SERVER
import { Resolver } from 'node:dns/promises';

const [name = '', server = ''] = process.argv.slice(2);
const resolver = new Resolver({ timeout: 1000, tries: 1 });
resolver.setServers([server]);
try {
  console.log((await resolver.resolve4(name)).join('\n'));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
