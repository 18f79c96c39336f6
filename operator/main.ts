/** The operator process: flags and environment to controllers, and an orderly end on SIGTERM. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { RightsPolicy } from './benchmark/policy.ts';
import { readPolicy } from './benchmark/policy-file.ts';
import { leaseFresh, reflectorFresh, reflectorSynced, workMoves } from './kube/checks.ts';
import { KubeClient } from './kube/client.ts';
import { systemClock } from './kube/clock.ts';
import { onSignal } from './kube/drain.ts';
import { messageOf } from './kube/errors.ts';
import { fenced } from './kube/fence.ts';
import { HealthServer } from './kube/health.ts';
import { HttpsTransport } from './kube/https-transport.ts';
import { loadKubeConfig } from './kube/kubeconfig.ts';
import { LeaderElector } from './kube/leader.ts';
import { OperatorLifecycle } from './kube/lifecycle.ts';
import { Limiter } from './kube/limiter.ts';
import { createLogger } from './kube/logger.ts';
import { Metrics } from './kube/metrics.ts';
import { serverVersion } from './kube/server-version.ts';
import { wary } from './kube/wary.ts';
import { type Flags, readFlags, usage } from './flags.ts';
import { Operator } from './operator.ts';

const flags = flagsOrExit();
const policy = flags.policy === undefined ? undefined : policyOrExit(flags.policy);
const logger = createLogger(flags.logLevel);
const metrics = new Metrics();
metrics.collectProcess();
const clock = systemClock;
const access = await loadKubeConfig(flags).catch((error: unknown) => refuse(messageOf(error)));
const transport = wary(new HttpsTransport(access), clock);
// Without a rate limit: a renewal of the lease must not wait behind other requests.
const unlimited = new KubeClient(transport, { metrics });

const lifecycle = new OperatorLifecycle({ client: unlimited, clock, logger, metrics, init: start });
onSignal(['SIGTERM', 'SIGINT'], (signal) => {
  logger.info({ signal }, 'stopping');
  lifecycle.stop();
});
try {
  await lifecycle.start();
} catch (error) {
  logger.error({ err: error }, 'cannot start');
  process.exit(1);
}
await lifecycle.stopped;

async function start(running: OperatorLifecycle): Promise<void> {
  const { namespaces, imageRegistry, imageTag, imageDigests } = flags;
  const ownWay = flags.leaderElect ? fenced(transport, () => elector.holds) : transport;
  const operator = new Operator({
    client: new KubeClient(ownWay, { limiter: new Limiter({ qps: flags.qps, burst: flags.burst, metrics }), metrics }),
    clock,
    logger,
    metrics,
    images: { registry: imageRegistry, tag: imageTag, digests: imageDigests },
    // The kubelet starts a pod again ever later: one that waits is back sooner than one that ends.
    kubernetes: await serverVersion(transport, { server: access.server, patience: access.inPod ? 60_000 : 0, logger }),
    ...(policy && { policy }),
    ...(namespaces.length > 0 && { namespaces }),
  });
  const elector = new LeaderElector({
    client: unlimited,
    namespace: flags.leaderNamespace || (access.namespace ?? 'default'),
    name: flags.leaderName,
    identity: `${hostname()}_${randomBytes(4).toString('hex')}`,
    clock,
    logger,
    metrics,
    onStarted: () => void operator.takeOver(),
    onLost: (reason) => {
      // Another may lead from now on: anything still written here could be its contrary.
      logger.error({ reason }, 'lease lost, ending at once');
      process.exit(1);
    },
  });
  const health = new HealthServer({
    live: [
      ...operator.reflectors.map((reflector) => reflectorFresh(reflector, clock)),
      ...operator.controllers.map((one) => workMoves(one, clock)),
      leaseFresh(elector, clock),
    ],
    ready: operator.reflectors.map(reflectorSynced),
    metrics,
    logger,
  });
  const port = await health.listen(flags.healthPort);
  running.manage({ name: 'health', stop: () => health.close() });
  if (flags.leaderElect) running.manage({ name: 'lease', stop: () => elector.stop() });
  running.manage({ name: 'controllers', stop: () => operator.stop() });
  logger.info({ server: access.server, port, namespaces: flags.namespaces }, 'watching');
  await operator.watch();
  if (flags.leaderElect) elector.start();
  else await operator.work();
}

function policyOrExit(file: string): RightsPolicy {
  try {
    return readPolicy(readFileSync(file, 'utf8'));
  } catch (error) {
    return refuse(`--policy ${file}: ${messageOf(error)}`);
  }
}

function flagsOrExit(): Flags {
  try {
    const read = readFlags(process.argv.slice(2), process.env);
    if (read !== 'help') return read;
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  } catch (error) {
    return refuse(`${messageOf(error)}\n\n${usage}`);
  }
}

/** Ends the process over a wrong setting: the words are for the person who made it, a stack would hide them. */
function refuse(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
