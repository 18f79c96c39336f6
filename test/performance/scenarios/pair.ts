import type { Scenario } from '../scenario.ts';

export const pair: Scenario = {
  name: 'pair',
  title: 'server and client a member (iperf)',
  spec: { iperf: { duration: '1s' }, placement: { exclusive: 'None' } },
  writes: 8,
};
