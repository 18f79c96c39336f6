import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { alive, send } from './identity.ts';
import { launch, records, service } from './service.ts';
import type { Service, ServiceRecord } from './service.ts';

const idle = 'console.log("hello"); setInterval(() => {}, 1000)';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-service-'));
});

afterEach(async () => {
  for (const record of records(folder)) send(record.process, 'SIGKILL');
  await rm(folder, { recursive: true });
});

async function launched(script = idle): Promise<{ record: ServiceRecord; handle: Service }> {
  const record = await launch(folder, { name: 'one', argv: [process.execPath, '--eval', script], log: join(folder, 'one.log') });
  return { record, handle: service(folder, 'one') };
}

async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; !(await condition()); tries++) {
    if (tries > 500) throw new Error('waited 10 s in vain');
    await sleep(20);
  }
}

const log = () => readFile(join(folder, 'one.log'), 'utf8');

test('a launched service runs and is known to others by its record', async () => {
  const { record, handle } = await launched();
  expect(handle.running()).toBe(true);
  expect(records(folder)).toEqual([record]);
  expect(record.startedAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
});

test('a service is the leader of a session, so that it outlives its terminal', async () => {
  const { record } = await launched();
  const fields = (await readFile(`/proc/${record.process.pid}/stat`, 'utf8')).split(') ')[1]?.split(' ');
  expect(fields?.[3]).toBe(String(record.process.pid));
});

test('a stopped service has ended; started again it is another process and goes on with its log', async () => {
  const { record, handle } = await launched();
  await until(async () => (await log()) === 'hello\n');
  await handle.stop();
  expect(alive(record.process)).toBe(false);
  expect(handle.running()).toBe(false);
  await handle.start();
  expect(handle.running()).toBe(true);
  expect(records(folder)[0]?.process).not.toEqual(record.process);
  await until(async () => (await log()) === 'hello\nhello\n');
});

test('a service can be stopped twice', async () => {
  const { handle } = await launched();
  await handle.stop();
  await handle.stop('SIGKILL');
  expect(handle.running()).toBe(false);
});

test('a service that ignores SIGTERM is ended by SIGKILL', async () => {
  const { handle } = await launched(`process.on("SIGTERM", () => {}); ${idle}`);
  await until(async () => (await log()) === 'hello\n');
  handle.signal('SIGTERM');
  await sleep(100);
  expect(handle.running()).toBe(true);
  await handle.stop('SIGKILL');
  expect(handle.running()).toBe(false);
});

test('a service is not started twice', async () => {
  const { record, handle } = await launched();
  await expect(handle.start()).rejects.toThrow(`one runs already, as pid ${record.process.pid}`);
});

test('a halted service is there, and goes on when told to', async () => {
  const { record, handle } = await launched();
  const state = async () => (await readFile(`/proc/${record.process.pid}/stat`, 'utf8')).split(') ')[1]?.[0];
  handle.signal('SIGSTOP');
  await until(async () => (await state()) === 'T');
  expect(handle.running()).toBe(true);
  handle.signal('SIGCONT');
  await until(async () => (await state()) !== 'T');
});

test('a service that has ended by itself takes no signal', async () => {
  const { handle } = await launched('process.exit(1)');
  await until(() => !handle.running());
  expect(() => handle.signal('SIGSTOP')).toThrow('one does not run, so it cannot get SIGSTOP; its log is');
});

test('a program that is not there is an error, and leaves no record', async () => {
  await expect(launch(folder, { name: 'none', argv: ['/never/installed'], log: join(folder, 'none.log') })).rejects.toThrow('ENOENT');
  expect(records(folder)).toEqual([]);
});
