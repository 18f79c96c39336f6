import { expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import http from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { listOf, pod } from './scripted-transport.ts';

/** An API server that lists one pod, holds every watch open, and keeps what is written to leases. */
async function serve() {
  const holders: unknown[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://server');
      response.setHeader('content-type', 'application/json');
      if (searchParams.has('watch')) response.flushHeaders();
      else if (pathname === '/api/v1/pods') response.end(JSON.stringify(listOf(10, [pod('a', 1)]).body));
      else if (request.method === 'GET') response.writeHead(404).end('{"kind":"Status","code":404,"reason":"NotFound"}');
      else {
        const lease = JSON.parse(Buffer.concat(chunks).toString());
        holders.push(lease.spec.holderIdentity);
        response.end(JSON.stringify(lease));
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return { server, holders, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}` };
}

test('after SIGTERM running work ends, the lease is released and the process ends by itself', async () => {
  const { server, holders, url } = await serve();
  const child = spawn(process.execPath, [join(import.meta.dirname, 'testdata', 'drained.ts'), url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        resolve({ code, signal });
      });
    });
    const lines: string[] = [];
    let probes: number[] = [];
    for await (const line of createInterface(child.stdout)) {
      lines.push(line);
      if (!line.startsWith('began')) continue;
      const port = lines[0]?.replace('port ', '');
      probes = await Promise.all(
        ['healthz', 'readyz', 'metrics'].map(async (path) => (await fetch(`http://127.0.0.1:${port}/${path}`)).status),
      );
      child.kill('SIGTERM');
    }
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(probes).toEqual([200, 200, 200]);
    expect(lines.slice(1)).toEqual(['began default/a', 'ended default/a', 'stopped []']);
    expect(holders).toEqual(['me', '']);
  } finally {
    child.kill('SIGKILL');
    server.closeAllConnections();
    server.close();
  }
}, 30_000);
