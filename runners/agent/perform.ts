import { networkInterfaces } from 'node:os';

import type { ResultRecord } from '../../measure/record.ts';
import type { Assignment, Task } from '../task.ts';
import type { Parsed, ToolOutput, Workload } from '../workload.ts';
import { filled, rolesNamedIn } from './arguments.ts';
import type { Addresses, Filled } from './arguments.ts';
import { Hearing } from './hearing.ts';
import { addressesOn, interfaceNames, interfaceWith } from './interfaces.ts';
import { checkInterface, checkPaths } from './mtu.ts';
import { oomKills } from './oom.ts';
import { ownAddress } from './own-address.ts';
import { pause } from './pause.ts';
import { readPeers } from './peers-file.ts';
import { callees, waitForPeers } from './peers.ts';
import { announce, isListening } from './readiness.ts';
import { account, failure } from './record.ts';
import type { Identity } from './record.ts';
import { Refusal } from './refusal.ts';
import { checkRoutes } from './routes.ts';
import { runTool } from './tool.ts';
import type { Ending } from './tool.ts';
import { verdictOf } from './verdict.ts';
import { prepareWorkplace, toolEnvironment } from './workplace.ts';

/** What surrounds the agent: everything that differs between a container, a local process and a test. */
export interface Surroundings {
  env: Readonly<Record<string, string | undefined>>;
  workloads: Readonly<Record<string, Workload>>;
  /** Absolute path of the folder that scripts are named below. */
  scripts: string;
  /** Put before absolute paths of the task; empty in a container. */
  root: string;
  /** Aborts when the pod is told to stop. */
  interrupt: AbortSignal;
  /** Shows the tool's output to people. */
  relay: (chunk: Buffer) => void;
  /** Shows a line of the agent's own. */
  note: (line: string) => void;
}

// Seconds, where the task names none.
const defaultWait = 60;
// Milliseconds before a tool is started again that did not reach its peer.
const reconnectDelay = 1000;

/** Does a task and accounts for it. Never throws: whatever goes wrong becomes the record's reason. */
export async function perform(assignment: Assignment, identity: Identity, surroundings: Surroundings): Promise<ResultRecord> {
  try {
    return await attempt(assignment, identity, surroundings);
  } catch (error) {
    if (error instanceof Refusal) return failure(identity, error.reason, error.message);
    return failure(identity, 'ToolFailed', error instanceof Error ? error.message : String(error));
  }
}

async function attempt(assignment: Assignment, identity: Identity, surroundings: Surroundings): Promise<ResultRecord> {
  const { task, workload: name } = assignment;
  const workload = Object.hasOwn(surroundings.workloads, name) ? surroundings.workloads[name] : undefined;
  if (!workload) throw new Refusal('BadTask', `workload ${name} is not known to this agent; is its image older than the operator?`);
  const addresses = await meet(assignment, surroundings);
  const { argv, env, files } = filledTask(task, addresses, surroundings.scripts);
  const place = await prepareWorkplace({ ...task, files }, surroundings.root);
  try {
    const killsBefore = (await oomKills()) ?? 0;
    const command = {
      argv,
      cwd: place.path,
      env: toolEnvironment(surroundings.env, env, tokenFor(assignment)),
      ...(task.deadline === undefined ? {} : { deadline: task.deadline }),
    };
    const warnings: string[] = [];
    for (let reconnects = 0; ; reconnects++) {
      const ending = await readyWhileRunning(assignment, addresses.self, surroundings, (heard) => started(command, workload, heard));
      const parsed = task.measures ? parse(workload, ending, assignment.parameters) : diagnosed(workload, ending);
      if (unreached(parsed, ending) && reconnects < (task.reconnects ?? 0) && !surroundings.interrupt.aborted) {
        surroundings.note(`${argv[0]} did not reach its peer; starting it again`);
        warnings.splice(0, 1, `started again ${reconnects + 1} time(s), because the peer could not be reached at first`);
        await pause(reconnectDelay, surroundings.interrupt);
        continue;
      }
      const killed = ((await oomKills()) ?? 0) - killsBefore;
      const verdict = verdictOf({ ...command, program: argv[0] ?? '', ending, parsed, oomKills: killed });
      return account({ identity, argv, ending, parsed, verdict, warnings, output: assignment.output });
    }
  } finally {
    await place.leave();
  }
}

/** Learns the peers' addresses and waits until they are ready. */
async function meet({ task, ...assignment }: Assignment, { env, root, interrupt }: Surroundings): Promise<Addresses> {
  const limit = task.waitLimit ?? defaultWait;
  const targets = task.waitFor ?? [];
  const { interface: name, ipFamily, mtu } = assignment;
  const own = networkInterfaces();
  const self = ownAddress(name === undefined ? podAddresses(env) : addressesOn(name, own), ipFamily);
  if (mtu !== undefined) await checkInterface(mtu, self, interfaceNames(own));
  const needed = [...new Set([...rolesNamedIn(task), ...targets.map(({ role }) => role)])].filter((role) => role !== 'self');
  const { peers: known, peersFile } = assignment;
  const peers = known ?? (peersFile ? await readPeers({ path: root + peersFile.path, limit: peersFile.limit }, needed, interrupt) : {});
  if (name !== undefined) await checkRoutes(peers, self, name);
  await waitForPeers({ targets, limit }, peers, interrupt);
  if (mtu !== undefined) await checkPaths(mtu, callees(targets, peers), interrupt);
  return { self, interface: interfaceWith(self, own), peers };
}

/** As the downward API gives them, the primary one first. */
function podAddresses(env: Surroundings['env']): string[] {
  return (env['POD_IPS'] ?? '').split(',').filter(Boolean);
}

function tokenFor({ task, token }: Assignment): string | undefined {
  if (task.usesToken !== true) return undefined;
  if (token === undefined) throw new Refusal('BadTask', 'the task needs the token of the run, and there is none');
  return token;
}

function filledTask(task: Task, addresses: Addresses, scripts: string): Filled {
  try {
    return filled(task, addresses, scripts);
  } catch (error) {
    throw new Refusal('BadTask', error instanceof Error ? error.message : String(error));
  }
}

type Command = Parameters<typeof runTool>[0];

async function started(command: Command, workload: Workload, { interrupt, relay }: Surroundings): Promise<Ending> {
  if (interrupt.aborted) throw new Refusal('Interrupted', 'told to stop before the tool was started');
  const program = command.argv[0] ?? '';
  try {
    return await runTool(command, interrupt, relay);
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    if (code !== 'ENOENT') throw new Refusal('ToolFailed', `${program} cannot be started: ${String(error)}`);
    const debianPackage = workload.programs[program];
    throw new Refusal('ToolMissing', `${program} is not installed${debianPackage ? `; apt-get install ${debianPackage}` : ''}`);
  }
}

/** Lets the agent tell that the tool listens, for as long as the tool runs. */
async function readyWhileRunning(
  { task, mtu }: Assignment,
  address: string,
  surroundings: Surroundings,
  run: (heard: Surroundings) => Promise<Ending>,
): Promise<Ending> {
  const { listens: listener, readyPort } = task;
  const said = task.says === undefined ? undefined : new Hearing(task.says);
  const relay = (chunk: Buffer) => {
    said?.add(chunk);
    surroundings.relay(chunk);
  };
  const ended = new AbortController();
  const listening = () => said?.heard ?? (listener ? isListening(listener, address) : false);
  const announced =
    listener && readyPort ? announce({ listening, readyPort, address, answersProbes: mtu !== undefined }, ended.signal) : Promise.resolve();
  const told = announced.catch((error: unknown) => {
    surroundings.note(`nobody can be told that the tool listens: ${String(error)}`);
  });
  try {
    return await run({ ...surroundings, relay });
  } finally {
    ended.abort();
    await told;
  }
}

/** Parsers do not throw; if one does, that is one run without a result and not an agent without a record. */
function parse(workload: Workload, ending: Ending, parameters: object): Parsed {
  try {
    return workload.parse(outputOf(ending), parameters);
  } catch (error) {
    return { ok: false, reason: 'OutputUnparsable', message: `the parser of ${workload.name} failed: ${String(error)}` };
  }
}

/** What a tool's own end means whose output is no result. One that was stopped has nothing to explain. */
function diagnosed(workload: Workload, ending: Ending): Parsed | undefined {
  if (ending.stopped !== undefined || ending.exitCode === 0) return undefined;
  return workload.diagnose?.(outputOf(ending));
}

function outputOf({ stdout, stderr, exitCode, signal, startedAt, finishedAt }: Ending): ToolOutput {
  return { stdout, stderr, exitCode, signal, elapsed: (finishedAt - startedAt) / 1e6 };
}

function unreached(parsed: Parsed | undefined, { stopped }: Ending): boolean {
  return parsed?.ok === false && parsed.reason === 'PeerUnreachable' && stopped === undefined;
}
