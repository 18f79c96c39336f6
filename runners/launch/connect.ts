#!/usr/bin/env -S node --single-threaded
import { readCall } from './call.ts';
import { call } from './caller.ts';

// What mpirun and mpiexec.hydra call in place of ssh: connect.ts HOST COMMAND..., with LAUNCH_PORT and ASSAY_TOKEN in the environment.

const asked = readCall(process.argv.slice(2));
if (typeof asked === 'string') {
  process.stderr.write(`assay-launch: ToolFailed: ${asked}\n`);
  process.exit(255);
}
const { ASSAY_TOKEN: token = '', LAUNCH_PORT: port = '' } = process.env;
/** Milliseconds. The server said that it listens before mpirun was started. */
const reachLimit = 15_000;
const sink = { out: (data: Buffer) => process.stdout.write(data), err: (data: Buffer | string) => process.stderr.write(data) };
process.exit(await call(asked, { port: Number(port), token, reachLimit }, sink));
