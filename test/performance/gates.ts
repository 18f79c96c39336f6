import type { Comparison } from './comparison.ts';
import type { Figures } from './figures.ts';
import { leftByMember, manyMembers } from './left.ts';
import type { Scenario } from './scenario.ts';

/** A limit that was held against a scenario's figures. */
export interface Gate {
  scenario: string;
  /** What is limited, as `writes a member`. */
  what: string;
  /** What is allowed, as `at most 5`. */
  allowed: string;
  found: number;
  passed: boolean;
}

const leastRatio = 0.7;
const mostPeak = 400e6;
/** Bytes that an ended member may leave: its Benchmark in the cache, and what indexes and the set keep of it. */
const mostLeft = 20e3;
/** Holds the operator's runs against the limits, the worst of them where there are several. */
export function gatesOf({ name, writes, reads }: Scenario, { ratio, operator }: Comparison): Gate[] {
  const worst = (figure: (figures: Figures) => number) => Math.max(...operator.map(figure));
  const atMost = (what: string, found: number, most: number): Gate => ({
    scenario: name,
    what,
    allowed: `at most ${most.toLocaleString('en-US')}`,
    found,
    passed: found <= most,
  });
  const members = operator[0]?.members ?? 0;
  return [
    { scenario: name, what: 'ratio to the bare loop', allowed: `at least ${leastRatio}`, found: ratio, passed: ratio >= leastRatio },
    atMost(
      'writes a member',
      worst((figures) => figures.writes.most),
      writes,
    ),
    atMost(
      'reads in a run',
      worst(({ polls }) => polls),
      reads,
    ),
    atMost(
      'lost members',
      worst(({ lost }) => lost),
      0,
    ),
    atMost(
      'doubled members',
      worst(({ doubled }) => doubled),
      0,
    ),
    ...(members < manyMembers
      ? []
      : [
          atMost(
            'peak memory, bytes',
            worst(({ peak }) => peak),
            mostPeak,
          ),
          atMost('memory left by a member, bytes', worst(leftByMember), mostLeft),
        ]),
  ];
}

export function gateText({ scenario, what, allowed, found, passed }: Gate): string {
  const value = found.toLocaleString('en-US', { maximumFractionDigits: 2 });
  return `${passed ? 'passed' : 'FAILED'}  ${scenario}: ${what} ${value}, ${allowed} allowed`;
}
