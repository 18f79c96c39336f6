import type { Benchmark } from '../api/types.ts';
import { labels } from '../backends/labels.ts';
import type { Pod } from '../backends/pod.ts';
import { hasEnded } from '../backends/pod.ts';
import type { EventAbout } from '../backends/pod-waiting.ts';
import type { KubeObject } from '../kube/object.ts';
import { isOver } from './status.ts';

/** `open`: all that have not ended, under ''. */
export const benchmarkIndexers = {
  open: (benchmark: Benchmark) => (isOver(benchmark) ? [] : ['']),
};

const byBenchmark = ({ metadata }: KubeObject) => [metadata.labels?.[labels.uid] ?? ''];

/** `benchmark`: by the UID of the benchmark. `live`: all that have not ended, under ''. */
export const podIndexers = {
  benchmark: (pod: Pod) => byBenchmark(pod),
  live: (pod: Pod) => (hasEnded(pod) ? [] : ['']),
};

/** `benchmark`: by the UID of the benchmark. */
export const claimIndexers = { benchmark: byBenchmark };

/** `benchmark`: by the UID of the benchmark. `uid`: by their own. */
export const holderIndexers = { benchmark: byBenchmark, uid: ({ metadata }: KubeObject) => [metadata.uid ?? ''] };

/** `object`: by the UID of what they are about. */
export const eventIndexers = { object: ({ involvedObject }: EventAbout) => [involvedObject?.uid ?? ''] };
