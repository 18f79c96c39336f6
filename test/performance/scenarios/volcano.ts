import type { Scenario } from '../scenario.ts';
import { pair } from './pair.ts';

export const volcano: Scenario = {
  name: 'volcano',
  title: 'server and client a member (iperf), as gangs of Volcano',
  spec: { ...pair.spec, backend: 'Volcano' },
  writes: 8,
  // The first gang has four kinds of Volcano looked for and listed.
  reads: pair.reads + 8,
};
