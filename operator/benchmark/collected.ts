import { formatQuantity } from '../../measure/quantity.ts';
import type { ResultRecord } from '../../measure/record.ts';
import { workloadOf } from '../../runners/registry.ts';
import type { BenchmarkStatus } from '../api/types.ts';
import { excerpt } from '../backends/excerpt.ts';
import { attemptsClosed, attemptsNow } from './attempts.ts';
import { isUnread, nextRead } from './logs.ts';
import type { Observed, Policy } from './observed.ts';
import { publication } from './publication.ts';
import { endingPods, podCount } from './roles.ts';
import { statusOf } from './status.ts';
import { progressOf } from './waiting.ts';

/** In the status; the results ConfigMap has them all. */
const keptWarnings = 20;

/** Ends a run whose measuring pods have all left a verified record of success. */
export const collected: Policy = (seen, now) => {
  const records = endingPods(seen).flatMap(({ ended }) => (ended?.record?.outcome === 'Succeeded' ? [ended.record] : []));
  const expected = seen.roles.reduce((sum, { ends, replicas }) => sum + (ends ? replicas : 0), 0);
  if (expected === 0 || records.length < expected) return undefined;
  const attempts = attemptsClosed(seen, now, { outcome: 'Succeeded' });
  const message = `${podCount(seen) === 1 ? 'the pod' : 'all pods that measure'} left a verified result`;
  const status = statusOf(seen, now, { phase: 'Succeeded', reason: 'Succeeded', message, attempts, ...figures(seen, records) });
  return { actions: [], status, ...publication(seen, status), urgent: true, recheckAt: now };
};

/** Reads the logs of pods that ended without a record in their termination message. */
export const unread: Policy = (seen, now) => {
  const pods = seen.pods.filter((pod) => isUnread(pod, seen));
  if (pods.length === 0) return undefined;
  const due = pods.filter((pod) => nextRead(pod, seen) <= now);
  const { phase, reason, message } = progressOf(seen);
  return {
    actions: due.map((pod) => ({ type: 'ReadLog', pod })),
    status: statusOf(seen, now, { phase, reason, message, attempts: attemptsNow(seen) }),
    urgent: false,
    recheckAt: Math.min(...pods.map((pod) => nextRead(pod, seen))),
  };
};

/** One pod measures, whatever stands behind it: what it says is the run's. */
function figures(seen: Observed, records: ResultRecord[]): Pick<BenchmarkStatus, 'metrics' | 'summary' | 'warnings' | 'window'> {
  const measuring = new Set(seen.roles.filter(({ task }) => task.measures).map(({ name }) => name));
  const measured = records.find(({ role }) => measuring.has(role));
  if (!measured) return {};
  const { metrics, window } = measured;
  const chosen = workloadOf(seen.benchmark.spec);
  const headline = metrics.find(({ name }) => name === chosen?.workload.headline(chosen.parameters));
  const warnings = [...seen.cautions, ...measured.warnings].slice(0, keptWarnings).map((warning) => excerpt(warning));
  return {
    metrics,
    ...(headline ? { summary: formatQuantity(headline.value, headline.unit) } : {}),
    ...(warnings.length > 0 ? { warnings } : {}),
    ...(window ? { window } : {}),
  };
}
