import { readFile, writeFile } from 'node:fs/promises';

import { framesOf } from '../../measure/frame.ts';
import type { ResultRecord } from '../../measure/record.ts';
import { readAssignment } from './assignment.ts';
import { perform } from './perform.ts';
import type { Surroundings } from './perform.ts';
import { failure } from './record.ts';

/**
 * The whole life of an agent: reads its task from ASSAY_TASK or the file that ASSAY_TASK_FILE names, does it, and leaves
 * the framed record in the termination message, or in the log where it is too long for that.
 * @returns the exit code: 0 when the record says Succeeded
 */
export async function runAgent(surroundings: Surroundings): Promise<0 | 1> {
  const { env, note } = surroundings;
  const read = readAssignment(await taskText(surroundings));
  if (!read.ok) {
    note(`BadTask: ${read.message}`);
    const record = failure({ workload: 'unknown', role: 'unknown', index: 0 }, 'BadTask', read.message);
    await (read.key ? publish(record, read.key, surroundings) : leave(`BadTask: ${read.message}`, surroundings));
    return 1;
  }
  const { workload, role, key } = read.assignment;
  const replica = Number(env['ASSAY_REPLICA'] ?? 0);
  const identity = { workload, role, index: Number.isSafeInteger(replica) && replica >= 0 ? replica : 0 };
  const record = await perform(read.assignment, identity, surroundings);
  if (record.message) note(`${record.reason}: ${record.message}`);
  await publish(record, key, surroundings);
  return record.outcome === 'Succeeded' ? 0 : 1;
}

async function taskText({ env, root }: Surroundings): Promise<string> {
  const file = env['ASSAY_TASK_FILE'];
  if (file === undefined) return env['ASSAY_TASK'] ?? '';
  return await readFile(root + file, 'utf8').catch(String);
}

/** The log first: a message that points into the log must not be there before what it points at. */
async function publish(record: ResultRecord, key: string, surroundings: Surroundings): Promise<void> {
  const { message, log } = framesOf(record, key);
  if (log !== undefined) surroundings.note(log);
  await leave(message, surroundings);
}

async function leave(message: string, { root, note }: Surroundings): Promise<void> {
  try {
    await writeFile(`${root}/dev/termination-log`, message);
  } catch (error) {
    // The log is the second way out; a small frame in it is found as well.
    note(`the termination message cannot be written: ${String(error)}\n${message}`);
  }
}
