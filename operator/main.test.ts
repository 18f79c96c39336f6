import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const main = join(import.meta.dirname, 'main.ts');
const folder = mkdtempSync(join(tmpdir(), 'assay-main-'));

afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the operator until it ends by itself; one that does not is killed after 20 s, with the code null. */
async function operator(...words: string[]) {
  const env = { PATH: process.env.PATH, HOME: folder };
  const child = spawn(process.execPath, [main, ...words], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 20_000,
    killSignal: 'SIGKILL',
  });
  const code = new Promise((resolve) => child.once('exit', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, stdout, stderr };
}

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

function kubeconfig(name: string, server: string): string {
  const clusters = [{ name: 'c', cluster: { server } }];
  const contexts = [{ name: 'c', context: { cluster: 'c', user: 'u' } }];
  const users = [{ name: 'u', user: {} }];
  return file(name, JSON.stringify({ apiVersion: 'v1', kind: 'Config', 'current-context': 'c', clusters, contexts, users }));
}

/** The last line of the log, which says why. */
async function endOf(url: string) {
  const { code, stdout, stderr } = await operator('--kubeconfig', kubeconfig('kubeconfig.json', url), '--health-port=0');
  const last: unknown = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  return { code, last, stderr };
}

test('--help tells of the flags and is no failure', async () => {
  expect(await operator('--help')).toEqual({ code: 0, stdout: expect.stringMatching(/^Usage: node operator\/main\.ts/), stderr: '' });
});

describe('a setting that is wrong ends it at once with what is wrong and no stack', () => {
  test('a flag, with the usage', async () => {
    const { code, stdout, stderr } = await operator('--qps=0');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^--qps: "0" is not allowed; a number above 0\n\nUsage: /);
  });

  test('a policy, by file and setting', async () => {
    const policy = file('policy.yaml', 'policy: {privilegd: true}\n');
    expect(await operator('--policy', policy)).toEqual({
      code: 1,
      stdout: '',
      stderr: `--policy ${policy}: the policy is refused: policy.privilegd: unknown field; did you mean "privileged"?\n`,
    });
  });

  test('no kubeconfig anywhere', async () => {
    expect(await operator()).toEqual({
      code: 1,
      stdout: '',
      stderr: 'cannot read the kubeconfig: no KUBECONFIG, no ~/.kube/config and no service account; name a file with --kubeconfig\n',
    });
  });
});

describe('an API server that gives no version ends it within seconds, named', () => {
  let server: Server;
  let address: string;
  let answer: RequestListener;

  beforeAll(async () => {
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const bound = server.address();
    address = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test('nobody listens there', async () => {
    expect(await endOf('http://127.0.0.1:1')).toEqual({
      code: 1,
      stderr: '',
      last: expect.objectContaining({
        level: 'error',
        err: expect.objectContaining({ message: 'http://127.0.0.1:1 does not answer: connect ECONNREFUSED 127.0.0.1:1' }),
        msg: 'cannot start',
      }),
    });
  });

  test('it is another kind of server', async () => {
    answer = (_, response) => void response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>It works!</h1>');
    expect(await endOf(address)).toMatchObject({
      code: 1,
      last: { err: { message: `${address} is no Kubernetes API server: GET /version gave 404` }, msg: 'cannot start' },
    });
  });
});
