import { afterAll, beforeAll } from '@jest/globals';
import type { Subject } from './api.ts';
import { startRealServer } from './real-server.ts';
import type { RealServer } from './real-server.ts';
import { contractSuite, installFixture } from './suite.ts';

let started: Promise<RealServer> | undefined;

/** Concurrent tests begin before beforeAll: whoever comes first starts the server. */
async function real(): Promise<Subject> {
  const { transport } = await (started ??= start());
  // Revisions as old as the cases ask for are forgotten of themselves.
  return { transport, forgetHistory: () => undefined };
}

async function start(): Promise<RealServer> {
  const server = await startRealServer();
  // The collector learns of new kinds at its start and seldom after.
  await installFixture(server.transport);
  await server.controlPlane.startControllers();
  return server;
}

beforeAll(async () => {
  await real();
}, 180_000);

afterAll(async () => {
  await (await started)?.stop();
}, 60_000);

contractSuite(real);
