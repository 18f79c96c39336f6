import { expect, test } from '@jest/globals';
import { metrics } from './metrics.ts';

test.each(metrics)('$name: its description begins and ends as a sentence', ({ description }) => {
  expect(description).toMatch(/^[A-Z](?!.*\b[a-z][A-Z]{2}\b).*\.$/);
});
