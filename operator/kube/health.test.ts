import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { HealthServer } from './health.ts';
import { Metrics } from './metrics.ts';

const faults: { live: string | undefined; ready: string | undefined } = { live: undefined, ready: undefined };
let server: HealthServer;
let url: string;

beforeEach(async () => {
  faults.live = faults.ready = undefined;
  const metrics = new Metrics();
  metrics.reconciles.inc({ controller: 'benchmark', result: 'done' }, 3);
  server = new HealthServer({
    live: [
      { name: 'watch of pods', fault: () => faults.live },
      { name: 'lease', fault: () => undefined },
    ],
    ready: [{ name: 'list of pods', fault: () => faults.ready }],
    metrics,
  });
  url = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`;
});
afterEach(() => server.close());

async function get(path: string, init: RequestInit = {}) {
  const response = await fetch(`${url}${path}`, init);
  return { status: response.status, text: await response.text() };
}

describe('probes', () => {
  test('are ok when all checks are', async () => {
    expect(await get('/healthz')).toEqual({ status: 200, text: '[+] watch of pods: ok\n[+] lease: ok\nok\n' });
    expect(await get('/readyz')).toEqual({ status: 200, text: '[+] list of pods: ok\nok\n' });
  });

  test('/healthz names what is stale', async () => {
    faults.live = 'no contact for 301 s';
    expect(await get('/healthz')).toEqual({ status: 503, text: '[-] watch of pods: no contact for 301 s\n[+] lease: ok\nfailed\n' });
  });

  test('a process that is not ready is alive', async () => {
    faults.ready = 'not listed yet';
    expect([(await get('/readyz')).status, (await get('/healthz')).status]).toEqual([503, 200]);
  });

  test('a check that throws is an error, not a crash', async () => {
    await server.close();
    server = new HealthServer({
      live: [
        {
          name: 'broken',
          fault: () => {
            throw new Error('broken');
          },
        },
      ],
      ready: [],
      metrics: new Metrics(),
    });
    url = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`;
    expect((await get('/healthz')).status).toBe(500);
    expect((await get('/readyz')).status).toBe(200);
  });

  test.each([
    ['/', 'GET', 404],
    ['/healthz/../secret', 'GET', 404],
    ['/healthz?verbose', 'GET', 200],
    ['/healthz', 'POST', 405],
    ['/healthz', 'HEAD', 200],
  ])('%s with %s gives %i', async (path, method, status) => {
    expect((await get(path, { method })).status).toBe(status);
  });
});

test('/metrics is in the format of Prometheus', async () => {
  const { status, text } = await get('/metrics');
  expect(status).toBe(200);
  expect(text).toContain('# TYPE assay_reconciles_total counter');
  expect(text).toContain('assay_reconciles_total{controller="benchmark",result="done"} 3');
});

test('a port that is taken is an error with its number', async () => {
  const port = Number(new URL(url).port);
  const second = new HealthServer({ live: [], ready: [], metrics: new Metrics() });
  await expect(second.listen(port, '127.0.0.1')).rejects.toThrow(`EADDRINUSE: address already in use 127.0.0.1:${port}`);
});
