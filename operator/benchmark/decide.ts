import type { Instant } from '../kube/clock.ts';
import { cleanup } from './cleanup.ts';
import { collected, unread } from './collected.ts';
import { overdue } from './deadlines.ts';
import { failedPods, refusedByServer } from './failed.ts';
import type { Decision, Observed, Policy } from './observed.ts';
import { refused } from './refused.ts';
import { admission, going, introductions, missingPods } from './start.ts';
import { cancelled, settling, suspended } from './stopped.ts';

/** What to do about one Benchmark, and its whole next status. Pure: same input, same output. */
export function decide(seen: Observed, now: Instant): Decision {
  for (const policy of policies) {
    const decision = policy(seen, now);
    if (decision) return decision;
  }
  return going(seen, now);
}

// Order matters: what has ended stays so; a cancelled run must not be retried; a result beats a suspension, a fault and a
// deadline of the same second; a fault beats the deadline that it made pass; nothing starts beside what is still ending.
const policies: Policy[] = [
  cleanup,
  refused,
  cancelled,
  collected,
  suspended,
  failedPods,
  refusedByServer,
  overdue,
  unread,
  settling,
  admission,
  missingPods,
  introductions,
];
