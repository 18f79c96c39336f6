// The real two-node cluster on this machine: npm run cluster -- up|down|load|status|kubectl|run
import { delimiter, join } from 'node:path';
import { addOnProgramPaths } from './add-ons/add-ons.ts';
import { parseRequest, usage } from './command-line.ts';
import { takeDown } from './down.ts';
import { loadImages } from './images/load.ts';
import { enterControlPlane, programFolder } from './kubectl.ts';
import { layout } from './layout.ts';
import type { Layout } from './layout.ts';
import { claim, stageOf } from './marker.ts';
import { onPath } from './processes/on-path.ts';
import { obstacle } from './requirements.ts';
import { adminKubeconfig } from './services/certificates.ts';
import { clusterProgramPaths } from './services/programs.ts';
import { statusOf } from './status.ts';
import { bringUp } from './up.ts';
import type { UpOptions } from './up.ts';

const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

async function main(words: readonly string[]): Promise<void> {
  if (['--help', '-h', 'help'].includes(words[0] ?? '')) {
    console.log(usage);
    return;
  }
  const request = parseRequest(words);
  const machine = { platform: process.platform, user: process.getuid?.(), has: (name: string) => onPath(name) !== undefined };
  const reason = obstacle(machine);
  if (reason !== undefined) throw new Error(reason);
  if (request.action === 'load') return load();
  const cluster = layout(request.name);
  switch (request.action) {
    case 'up':
      return up(cluster, request);
    case 'down':
      return down(cluster);
    case 'status':
      return status(cluster);
    case 'kubectl':
      return enter(cluster, [join(programFolder(cluster), 'kubectl'), ...request.words]);
    case 'run':
      return enter(cluster, request.words);
  }
}

async function up(cluster: Layout, { audit, addOns }: Pick<UpOptions, 'audit' | 'addOns'>): Promise<void> {
  const again = `npm run cluster -- down --name ${cluster.name}`;
  const found = stageOf(cluster);
  if (found.stage === 'starting') throw new Error(`the cluster ${cluster.name} is being brought up by process ${found.by}: wait for it`);
  if (found.stage === 'broken') throw new Error(`the cluster ${cluster.name} was left half made: run \`${again}\` first`);
  if (found.stage === 'up') {
    const { text, whole } = await statusOf(cluster);
    if (!whole) throw new Error(`the cluster ${cluster.name} is there, but not whole: run \`${again}\` first\n${text}`);
    const missing = addOns.filter((name) => !found.addOns.includes(name));
    if (missing.length > 0) throw new Error(`the cluster ${cluster.name} is up without ${missing.join(', ')}: run \`${again}\` first`);
    console.log(`The cluster ${cluster.name} is up since ${found.since}.`);
    return;
  }
  const programs = { cluster: await clusterProgramPaths(), addOns: await addOnProgramPaths(addOns) };
  await claim(cluster);
  const interruption = new AbortController();
  const interrupt = (signal: NodeJS.Signals) => {
    interruption.abort(signal);
  };
  for (const signal of endings) process.on(signal, interrupt);
  const report = reporter();
  try {
    await bringUp(cluster, programs, { audit, addOns, report, signal: interruption.signal });
  } catch (error) {
    report('not finished; removing what was made');
    await takeDown(cluster).catch((problem: unknown) => {
      throw new Error(`${messageOf(error)}\nand then, when it was to be removed: ${messageOf(problem)}`, { cause: error });
    });
    // What the interruption broke is of no interest.
    if (interruption.signal.aborted)
      throw new Error(`ended by ${interruption.signal.reason}; nothing is left of the cluster ${cluster.name}`, { cause: error });
    throw error;
  } finally {
    for (const signal of endings) process.off(signal, interrupt);
  }
  console.log(`The cluster ${cluster.name} is up. Next: npm run cluster -- kubectl get nodes`);
}

async function down(cluster: Layout): Promise<void> {
  const report = reporter();
  await takeDown(cluster);
  report(`nothing is left of the cluster ${cluster.name}`);
}

async function load(): Promise<void> {
  const digests = await loadImages({ report: reporter() });
  for (const [name, digest] of Object.entries(digests)) console.log(`${name} ${digest}`);
}

async function status(cluster: Layout): Promise<void> {
  const { text, whole } = await statusOf(cluster);
  console.log(text);
  if (!whole) process.exitCode = 1;
}

/** Becomes a program inside the control plane's network namespace: its signals, streams and exit code are its own. */
function enter(cluster: Layout, words: readonly string[]): void {
  if (stageOf(cluster).stage === 'absent')
    throw new Error(`the cluster ${cluster.name} is not up: run \`npm run cluster -- up --name ${cluster.name}\``);
  const argv = [...enterControlPlane(cluster), '--', ...words];
  const path = [programFolder(cluster), process.env['PATH']].join(delimiter);
  if (!process.execve) throw new Error('this Node cannot become another program: use Node 24');
  const environment = { ASSAY_CLUSTER: cluster.name, KUBECONFIG: adminKubeconfig(cluster), PATH: path };
  process.execve(onPath('nsenter') ?? 'nsenter', argv, { ...process.env, ...environment });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function reporter(): (line: string) => void {
  const start = performance.now();
  return (line) => {
    console.log(`${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s  ${line}`);
  };
}

if (import.meta.main) {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    console.error(messageOf(error));
    process.exitCode = 1;
  }
}
