import { expect, test } from '@jest/globals';

import { boundedRelay } from './relay.ts';

function relayed(limit: number, ...chunks: string[]): string {
  let written = '';
  const relay = boundedRelay(limit, (chunk) => {
    written += chunk.toString();
  });
  for (const chunk of chunks) relay(Buffer.from(chunk));
  return written;
}

const notice = '\n[more output is not shown here; spec.results.output keeps it with the result]\n';

test.each([
  ['output below the bound', ['abc', 'def'], 'abcdef'],
  ['output across the bound', ['abcdef', 'ghijkl'], `abcdefgh${notice}`],
  ['output long after the bound', ['abcdefgh', 'i', 'j'], `abcdefgh${notice}`],
  ['no output', [], ''],
])('%s', (_, chunks, expected) => {
  expect(relayed(8, ...chunks)).toBe(expected);
});
