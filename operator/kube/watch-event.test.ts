import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { pod } from './scripted-transport.ts';
import { parseWatchEvent } from './watch-event.ts';

test.each([
  ['ADDED', pod('a', 1)],
  ['MODIFIED', pod('a', 2)],
  ['DELETED', pod('a', 3)],
  ['BOOKMARK', { kind: 'Pod', metadata: { resourceVersion: '9' } }],
  ['ERROR', { kind: 'Status', code: 410 }],
])('%s is taken as it is', (type, object) => {
  expect(parseWatchEvent({ type, object })).toEqual({ type, object });
});

test.each([
  ['null', null],
  ['text', '<html>'],
  ['no type', { object: pod('a', 1) }],
  ['an unknown type', { type: 'CHANGED', object: pod('a', 1) }],
  ['no object', { type: 'ADDED' }],
  ['an error without Status', { type: 'ERROR' }],
  ['no name', { type: 'ADDED', object: { metadata: { resourceVersion: '1' } } }],
  ['no version', { type: 'ADDED', object: { metadata: { name: 'a' } } }],
  ['a number as version', { type: 'ADDED', object: { metadata: { name: 'a', resourceVersion: 1 } } }],
  ['a bookmark without version', { type: 'BOOKMARK', object: { metadata: {} } }],
])('%s is refused', (_, document) => {
  expect(() => parseWatchEvent(document)).toThrow('not a watch event');
});

test('garbage is refused by name and never otherwise', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (document) => {
      expect(() => parseWatchEvent(document)).toThrow('not a watch event');
    }),
  );
});
