import { serve } from './server.ts';

// The tool of a worker pod: node serve.ts ADDRESS PORT DAEMON... starts the daemons of MPI for a launcher that knows ASSAY_TOKEN.

const [address = '', port = '', ...daemons] = process.argv.slice(2);
const { ASSAY_TOKEN: token = '', ...env } = process.env;
if (token === '' || daemons.length === 0) {
  process.stderr.write('serve.ts needs ADDRESS PORT DAEMON... and the token of the run in ASSAY_TOKEN\n');
  process.exit(2);
}
const interrupt = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    interrupt.abort();
  });
}
const note = (line: string) => process.stderr.write(`${line}\n`);
/** Milliseconds: a caller asks as soon as it is greeted. */
const askLimit = 10_000;
await serve({ address, port: Number(port), token, daemons, env, askLimit, note }, interrupt.signal);
