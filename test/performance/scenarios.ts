import type { Scenario } from './scenario.ts';
import { pair } from './scenarios/pair.ts';
import { single } from './scenarios/single.ts';
import { volcano } from './scenarios/volcano.ts';

/** Another one is one more file and a word here. */
export const scenarios: readonly Scenario[] = [single, pair, volcano];
