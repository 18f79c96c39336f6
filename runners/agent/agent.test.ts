import { readFile, rm, writeFile } from 'node:fs/promises';

import { describe, expect, test } from '@jest/globals';

import { decodeFrame, terminationMessage } from '../../measure/frame.ts';
import type { Assignment } from '../task.ts';
import type { Parsed } from '../workload.ts';
import { runAgent } from './agent.ts';
import type { Surroundings } from './perform.ts';
import { assignment, published, surroundings, task, testKey, workload } from './testing.ts';

async function run(given: Assignment | string, changes: Partial<Surroundings> = {}, env: Record<string, string> = {}) {
  await using around = await surroundings(changes);
  const text = typeof given === 'string' ? given : JSON.stringify(given);
  const code = await runAgent({ ...around, env: { ...around.env, ASSAY_TASK: text, ...env } });
  const message = await readFile(`${around.root}/dev/termination-log`, 'utf8').catch(() => '');
  return { code, message, log: around.notes.join('\n'), decoded: decodeFrame(message, testKey) };
}

describe('runAgent', () => {
  test('leaves a verified record and exit code 0 after a good run', async () => {
    expect(await run(assignment())).toMatchObject({ code: 0, decoded: { frame: 'Verified', record: { outcome: 'Succeeded' } } });
  });

  test('leaves a verified record and exit code 1 after a bad one', async () => {
    const { code, decoded, log } = await run(assignment({ task: task({ argv: ['false'] }) }));
    expect({ code, decoded }).toMatchObject({ code: 1, decoded: { frame: 'Verified', record: { reason: 'ToolFailed' } } });
    expect(log).toContain('ToolFailed: false ended with exit code 1');
  });

  test('says nothing in the log after a good run whose record is small', async () => {
    expect((await run(assignment())).log).toBe('');
  });

  test.each([
    ['3', 3],
    ['-1', 0],
    ['x', 0],
  ])('takes its index from ASSAY_REPLICA=%s', async (replica, index) => {
    expect(await run(assignment(), {}, { ASSAY_REPLICA: replica })).toMatchObject({ decoded: { record: { index } } });
  });

  test('reads a task from a file below the root', async () => {
    await using around = await surroundings();
    await writeFile(`${around.root}/task.json`, JSON.stringify(assignment({ role: 'filed' })));
    await runAgent({ ...around, env: { ASSAY_TASK_FILE: '/task.json' } });
    expect((await published(around.root, '')).role).toBe('filed');
  });

  test('a task file that is not there is a bad task', async () => {
    await using around = await surroundings();
    expect(await runAgent({ ...around, env: { ASSAY_TASK_FILE: '/task.json' } })).toBe(1);
    expect(around.notes.join()).toContain('BadTask');
  });

  test('a bad task with a key still gets a frame', async () => {
    const { code, decoded } = await run(JSON.stringify({ version: 9, key: testKey }));
    expect({ code, decoded }).toMatchObject({
      code: 1,
      decoded: { frame: 'Verified', record: { reason: 'BadTask', message: expect.stringContaining('version 9') } },
    });
  });

  test.each(['', '{"version":1', '[]'])('a bad task without a key says so in plain words: "%s"', async (text) => {
    const { code, message } = await run(text);
    expect(code).toBe(1);
    expect(message).toMatch(/^BadTask: (the task|there is no task)/);
  });
});

describe('a large record', () => {
  const values = Array.from({ length: 5000 }, (_, index) => Math.sin(index));
  const parse = (): Parsed => ({ ok: true, metrics: [], series: [{ name: 'latency', unit: 's', start: 0, interval: 1, values }] });
  const large = { workloads: { any: workload(parse) } };

  test('goes into the log, with a pointer in the message', async () => {
    const { decoded, log } = await run(assignment(), large);
    if (decoded.frame !== 'InLog') throw new Error(`expected a pointer, got ${decoded.frame}`);
    expect(decodeFrame(log, testKey, decoded.pointer)).toMatchObject({ frame: 'Verified', record: { series: [{ values }] } });
  });
});

describe('a forging tool', () => {
  test.each([
    ['under a guessed key', terminationMessage({ ...forged() }, 'ab'.repeat(32))],
    ['with a header only', `assay-frame/1 json 10 ${'0'.repeat(64)}\n`],
  ])('%s does not get its figures through', async (_, printed) => {
    const given = assignment({ task: task({ argv: ['printf', '%s', printed] }) });
    await using around = await surroundings();
    await runAgent({ ...around, env: { ...around.env, ASSAY_TASK: JSON.stringify(given) } });
    const relayed = Buffer.concat(around.relayed).toString();
    expect(relayed).toBe(printed);
    expect((await published(around.root, relayed)).metrics).toEqual([{ name: 'elapsed', value: 1, unit: 's', better: 'None' }]);
  });

  test('that writes the termination message itself is overwritten', async () => {
    await using around = await surroundings();
    const argv = ['sh', '-c', `echo forged > ${around.root}/dev/termination-log`];
    await runAgent({ ...around, env: { ...around.env, ASSAY_TASK: JSON.stringify(assignment({ task: task({ argv }) })) } });
    expect((await published(around.root, '')).outcome).toBe('Succeeded');
  });
});

test('a termination message that cannot be written goes into the log', async () => {
  await using around = await surroundings();
  await rm(`${around.root}/dev`, { recursive: true });
  await runAgent({ ...around, env: { ...around.env, ASSAY_TASK: JSON.stringify(assignment()) } });
  const log = around.notes.join('\n');
  expect(log).toContain('the termination message cannot be written');
  expect(decodeFrame(log, testKey)).toMatchObject({ frame: 'Verified', record: { outcome: 'Succeeded' } });
});

function forged(): Parameters<typeof terminationMessage>[0] {
  return {
    version: 1,
    workload: 'any',
    role: 'client',
    index: 0,
    outcome: 'Succeeded',
    metrics: [{ name: 'elapsed', value: 1e9, unit: 's', better: 'None' }],
    series: [],
    warnings: [],
    tool: { argv: [], exitCode: 0, signal: null },
  };
}
