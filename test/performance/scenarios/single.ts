import type { Scenario } from '../scenario.ts';

export const single: Scenario = {
  name: 'single',
  title: 'one pod a member (sleep)',
  spec: { sleep: { duration: '1s' }, placement: { exclusive: 'None' } },
  writes: 5,
  // The first look at a new set asks once whether the name of its results is free; nothing else has to be asked.
  reads: 2,
};
