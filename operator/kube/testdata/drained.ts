// A whole operator of nothing: lists and watches pods, leads, serves probes, and ends by itself after SIGTERM.
import { Cache } from '../cache.ts';
import { leaseFresh, reflectorFresh, reflectorSynced } from '../checks.ts';
import { KubeClient } from '../client.ts';
import { systemClock } from '../clock.ts';
import { Controller } from '../controller.ts';
import { onSignal } from '../drain.ts';
import { HealthServer } from '../health.ts';
import { HttpsTransport } from '../https-transport.ts';
import { LeaderElector } from '../leader.ts';
import { OperatorLifecycle } from '../lifecycle.ts';
import { Metrics } from '../metrics.ts';
import { keyOf, pods } from '../object.ts';
import { Reflector } from '../reflector.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const server = process.argv[2] ?? '';
const metrics = new Metrics();
metrics.collectProcess();
const client = new KubeClient(new HttpsTransport({ server, credentials: async () => ({ headers: {}, tls: {} }) }), { metrics });
const cache = new Cache();
const reflector = new Reflector({ client, resource: pods, cache, metrics });
const controller = new Controller({
  name: 'pod',
  metrics,
  reconcile: async (key) => {
    say(`began ${key}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 300);
    });
    say(`ended ${key}`);
    return { recheckAfter: 3_600_000 };
  },
});
cache.onChange(({ object }) => {
  controller.enqueue(keyOf(object));
});
const elector = new LeaderElector({
  client,
  namespace: 'default',
  name: 'test',
  identity: 'me',
  metrics,
  onStarted: () => {
    controller.start();
  },
  onLost: (reason) => say(`lost ${reason}`),
});
const health = new HealthServer({
  live: [reflectorFresh(reflector, systemClock), leaseFresh(elector, systemClock)],
  ready: [reflectorSynced(reflector)],
  metrics,
});

const lifecycle = new OperatorLifecycle({
  client,
  init: async (self) => {
    const parts = {
      health: () => health.close(),
      reflector: () => reflector.stop(),
      lease: () => elector.stop(),
      controller: () => controller.stop(),
    };
    for (const [name, stop] of Object.entries(parts)) self.manage({ name, stop });
    say(`port ${await health.listen(0, '127.0.0.1')}`);
    reflector.start();
    await reflector.synced;
    elector.start();
  },
});
onSignal(['SIGTERM'], () => {
  lifecycle.stop();
});
await lifecycle.start();
say(`stopped ${JSON.stringify(await lifecycle.stopped)}`);
