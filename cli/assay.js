#!/usr/bin/env node
// Plain JavaScript: starts the TypeScript program on Node 24, from this package's own node_modules when the machine's is older.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

const root = dirname(import.meta.dirname);
if (Number(process.versions.node.split('.')[0]) >= 24) {
  // An end would wait for ever for a thread that compiles and itself waits for a garbage collection (decision 20).
  setFlagsFromString('--no-concurrent-sparkplug');
  setFlagsFromString('--no-concurrent-recompilation');
  await keepCompiled();
  await import('./main.ts');
} else {
  const node = join(root, 'node_modules', '.bin', 'node');
  if (!existsSync(node)) {
    console.error(`assay needs Node 24 or newer; this is ${process.version}. Run npm install in ${root}, which brings it, or install it.`);
    process.exit(1);
  }
  // The child shares the terminal, so Ctrl-C reaches it directly; this process only waits and passes the exit code on.
  process.on('SIGINT', () => {});
  // By the name it was called with, which is kubectl-assay as a plug-in.
  process.exit(spawnSync(node, process.argv.slice(1), { stdio: 'inherit' }).status ?? 1);
}

// The next start, and that of every pod of local mode, takes half of the time. A folder that cannot be written costs that and nothing else.
async function keepCompiled() {
  const { enableCompileCache } = await import('node:module');
  process.env.NODE_COMPILE_CACHE ||= join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'assay', 'compiled');
  enableCompileCache(process.env.NODE_COMPILE_CACHE);
}
