import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { enterCgroup } from '../node/cgroup.ts';
import { alive, identify, send } from './identity.ts';
import type { Identity } from './identity.ts';

// An API server that is asked to end waits a minute for its watchers to go.
const stopWithin = 90_000;

/** How a long-lived program is run. It outlives the command that starts it. */
export interface ServiceSpec {
  readonly name: string;
  /** The whole command, entering its namespaces included. */
  readonly argv: readonly string[];
  /** Log file; a restart appends. */
  readonly log: string;
  /** The cgroup of its node, if it runs on one. */
  readonly cgroup?: string;
}

/** What is kept about a service in the cluster's folder. */
export interface ServiceRecord extends ServiceSpec {
  readonly process: Identity;
  /** ISO 8601. */
  readonly startedAt: string;
}

/** One program of the cluster. */
export interface Service {
  readonly name: string;
  /** Path of its log. */
  readonly log: string;
  running(): boolean;
  /** Sends a signal, SIGTERM unless told otherwise, and returns when it has ended. @throws after 90 s */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again with the same arguments. Returns when it runs, which is before it is ready. @throws if it runs already */
  start(): Promise<void>;
  /** Sends a signal without waiting, e.g. SIGSTOP. @throws if it does not run */
  signal(signal: NodeJS.Signals): void;
}

/** Starts a program in the background and keeps a record of it in `folder`. */
export async function launch(folder: string, spec: ServiceSpec): Promise<ServiceRecord> {
  const [file = '', ...args] = spec.argv;
  const log = openSync(spec.log, 'a');
  // A temporary folder that every namespace has.
  const env = { PATH: process.env['PATH'], HOME: '/var/tmp', TMPDIR: '/var/tmp' };
  const child = spawn(file, args, { detached: true, stdio: ['ignore', log, log], cwd: '/', env });
  closeSync(log);
  await once(child, 'spawn');
  child.unref();
  const started = identify(child.pid ?? 0);
  if (!started) throw new Error(`${spec.name} ended at once; its log is ${spec.log}`);
  if (spec.cgroup !== undefined) await enterCgroup(spec.cgroup, started.pid);
  const record = { ...spec, process: started, startedAt: new Date().toISOString() };
  save(folder, record);
  return record;
}

/** Every service that was started, by name. */
export function records(folder: string): ServiceRecord[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.toSorted().map((file) => read(join(folder, file)));
}

/** A handle on a service that `launch` has started, by whichever process. */
export function service(folder: string, name: string): Service {
  const current = () => read(join(folder, `${name}.json`));
  const { log } = current();
  return {
    name,
    log,
    running: () => alive(current().process),
    async stop(signal = 'SIGTERM') {
      const { process: identity } = current();
      send(identity, signal);
      const deadline = Date.now() + stopWithin;
      while (alive(identity)) {
        if (Date.now() > deadline)
          throw new Error(`${name} (pid ${identity.pid}) still runs ${stopWithin / 1000} s after ${signal}; its log is ${log}`);
        await sleep(20);
      }
    },
    async start() {
      const record = current();
      if (alive(record.process)) throw new Error(`${name} runs already, as pid ${record.process.pid}`);
      await launch(folder, record);
    },
    signal(signal) {
      const { process: identity } = current();
      if (!alive(identity)) throw new Error(`${name} does not run, so it cannot get ${signal}; its log is ${log}`);
      send(identity, signal);
    },
  };
}

/** One rename, so that a reader never sees half a record. */
function save(folder: string, record: ServiceRecord): void {
  const path = join(folder, `${record.name}.json`);
  writeFileSync(`${path}.new`, JSON.stringify(record, undefined, 2));
  renameSync(`${path}.new`, path);
}

function read(path: string): ServiceRecord {
  return JSON.parse(readFileSync(path, 'utf8')) as ServiceRecord;
}
