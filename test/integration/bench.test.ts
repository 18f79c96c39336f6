// The bench at its smallest: what it counts is held to the limits here, what it times is not.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startBench } from '../performance/bench.ts';
import type { Bench } from '../performance/bench.ts';
import { runSet } from '../performance/run.ts';
import { scenarios } from '../performance/scenarios.ts';
import type { SubjectName } from '../performance/subject.ts';
import { program } from '../cluster/build.ts';

const size = { members: 10, parallelism: 5 };
const minutes = 60_000;

let bench: Bench;

beforeAll(async () => {
  // The first build takes minutes, and is no part of a start.
  await program('kwok');
  bench = await startBench({ nodes: 4 });
}, 15 * minutes);

afterAll(async () => {
  await bench.stop();
}, minutes);

const cases = scenarios.flatMap((scenario) =>
  (['operator', 'bare'] as const).map((subject) => [scenario.name, subject, scenario] as const),
);

test.each(cases)(
  'KP-47 %s by the %s: no member lost or run twice, no write too many, nothing polled',
  async (_, subject: SubjectName, scenario) => {
    const figures = await runSet(bench, scenario, subject, size);
    const { lost, doubled, writes, polls } = figures;
    expect({ lost, doubled, writes: writes.most <= scenario.writes, reads: polls <= scenario.reads }).toEqual({
      lost: 0,
      doubled: 0,
      writes: true,
      reads: true,
    });
    expect(figures.byVerb['create benchmarks']).toBe(size.members);
    for (const time of [figures.seconds, figures.firstPod.p99, figures.status.p99, figures.cpu, figures.peak])
      expect(time).toBeGreaterThan(0);
    expect(bench.faults()).toEqual([]);
  },
  2 * minutes,
);
