import type { Scenario } from '../scenario.ts';

export const pair: Scenario = {
  name: 'pair',
  title: 'server and client a member (iperf)',
  spec: { iperf: { duration: '1s' }, placement: { exclusive: 'None' } },
  writes: 8,
  // The first look at a new set asks once whether the name of its results is free; nothing else has to be asked.
  reads: 2,
};
