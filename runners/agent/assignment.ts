import { isKey } from '../../measure/frame.ts';
import type { Assignment, Task } from '../task.ts';

/** What the agent makes of the text of its task. `key` may be known even when the rest is not sound. */
export type ReadAssignment = { ok: true; assignment: Assignment } | { ok: false; key?: string; message: string };

type Fields = Map<string, unknown>;

/**
 * Reads the JSON of an Assignment. It comes from the operator, so this looks for a mix-up of versions or a cut, not for
 * an attack; the parts that become paths or programs are checked all the same. Never throws.
 */
export function readAssignment(text: string): ReadAssignment {
  if (text === '') return { ok: false, message: 'there is no task; this program is for the pods that the operator makes' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, message: `the task is no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const fields = fieldsOf(value);
  const key = fields.get('key');
  if (!isKey(key)) return { ok: false, message: 'the task has no key for the result' };
  const fault = faultOfAssignment(fields);
  return isAssignment(value, fault) ? { ok: true, assignment: value } : { ok: false, key, message: `the task is not sound: ${fault}` };
}

function isAssignment(value: unknown, fault: string | undefined): value is Assignment {
  return fault === undefined && typeof value === 'object';
}

function faultOfAssignment(fields: Fields): string | undefined {
  if (fields.get('version') !== 1) return `version ${JSON.stringify(fields.get('version'))} is not known; this agent reads 1`;
  if (!isText(fields.get('workload'))) return 'workload: a name is needed';
  if (!isText(fields.get('role'))) return 'role: a name is needed';
  if (!isObject(fields.get('parameters'))) return 'parameters: an object is needed';
  const peers = fields.get('peers');
  if (peers !== undefined && !isPeers(peers)) return 'peers: lists of addresses by role are needed';
  const peersFile = fields.get('peersFile');
  if (peersFile !== undefined && !isPeersFile(fieldsOf(peersFile))) return 'peersFile: an absolute path and a limit from 0 are needed';
  const token = fields.get('token');
  if (token !== undefined && !isKey(token)) return 'token: hexadecimal digits are needed';
  const family = fields.get('ipFamily');
  if (family !== undefined && family !== 'IPv4' && family !== 'IPv6') return 'ipFamily: IPv4 or IPv6 is needed';
  const own = fields.get('interface');
  if (own !== undefined && !isText(own)) return 'interface: a name is needed';
  const mtu = fields.get('mtu');
  if (mtu !== undefined && !isAmount(mtu)) return 'mtu: a number from 0 is needed';
  return faultOfTask(fieldsOf(fields.get('task')));
}

function faultOfTask(task: Fields): string | undefined {
  const argv = task.get('argv');
  if (!Array.isArray(argv) || argv.length === 0 || !argv.every(isArgument)) return 'task.argv: a program and its arguments are needed';
  if (typeof argv[0] !== 'string') return 'task.argv[0]: the name of a program is needed';
  const env = task.get('env');
  if (env !== undefined && !(isObject(env) && Object.values(env).every(isArgument)))
    return 'task.env: text or addresses by name are needed';
  const usesToken = task.get('usesToken');
  if (usesToken !== undefined && usesToken !== true) return 'task.usesToken: true or nothing is needed';
  const workdir = task.get('workdir');
  if (workdir !== undefined && !isAbsolute(workdir)) return 'task.workdir: an absolute path is needed';
  const files = task.get('files');
  if (files !== undefined && !(Array.isArray(files) && files.every(isFile)))
    return 'task.files: plain file names with their content are needed';
  for (const name of ['deadline', 'waitLimit', 'reconnects', 'readyPort'] satisfies (keyof Task)[]) {
    const amount = task.get(name);
    if (amount !== undefined && !isAmount(amount)) return `task.${name}: a number from 0 is needed`;
  }
  return undefined;
}

function isArgument(value: unknown): boolean {
  if (typeof value === 'string') return true;
  const fields = fieldsOf(value);
  const hosts = fields.get('hosts');
  if (hosts !== undefined) return Array.isArray(hosts) && hosts.every(isText) && isText(fields.get('separator'));
  return ['address', 'familyOf', 'interfaceOf', 'script'].some((name) => isText(fields.get(name)));
}

function isFile(value: unknown): boolean {
  const fields = fieldsOf(value);
  const [name, content] = [fields.get('name'), fields.get('content')];
  return (
    isText(name) && /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name) && (isText(content) || (Array.isArray(content) && content.every(isArgument)))
  );
}

/** Whether `value` holds lists of addresses by role. */
export function isPeers(value: unknown): value is Record<string, string[]> {
  return isObject(value) && Object.values(value).every((list) => Array.isArray(list) && list.every(isText));
}

function isPeersFile(fields: Fields): boolean {
  return isAbsolute(fields.get('path')) && isAmount(fields.get('limit'));
}

function isAmount(value: unknown): boolean {
  return typeof value === 'number' && value >= 0;
}

function isAbsolute(value: unknown): boolean {
  return isText(value) && value.startsWith('/') && !value.split('/').includes('..');
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldsOf(value: unknown): Fields {
  return new Map(isObject(value) ? Object.entries(value) : []);
}
