import { expect, test } from '@jest/globals';
import { parseAudit } from './audit.ts';

const line = (verb: string) => `${JSON.stringify({ verb })}\n`;

test.each([
  ['an empty log', '', []],
  ['whole lines', line('get') + line('list'), ['get', 'list']],
  ['a line that is being written', `${line('get')}{"verb":"li`, ['get']],
])('parseAudit: %s', (_, log, verbs) => {
  expect(parseAudit(log).map(({ verb }) => verb)).toEqual(verbs);
});
