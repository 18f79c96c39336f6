import type { Scenario } from '../scenario.ts';

export const single: Scenario = {
  name: 'single',
  title: 'one pod a member (sleep)',
  spec: { sleep: { duration: '1s' }, placement: { exclusive: 'None' } },
  writes: 5,
};
