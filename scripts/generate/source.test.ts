import { expect, test } from '@jest/globals';
import { compose, mapChildren, type Source } from './source.ts';

const parts: Record<string, Source> = {
  'duration.yaml': { type: 'string', pattern: 's$', description: 'A time span.' },
  'timeouts.yaml': { type: 'object', properties: { pending: { $ref: 'duration.yaml', default: '5m' } } },
};
const read = (file: string) => parts[file] ?? {};

test.each<[string, Source, Source]>([
  ['a part', { $ref: 'duration.yaml' }, { type: 'string', pattern: 's$', description: 'A time span.' }],
  [
    'what stands beside it wins',
    { $ref: 'duration.yaml', description: 'How long.' },
    { type: 'string', pattern: 's$', description: 'How long.' },
  ],
  [
    'parts of parts, in fields',
    { type: 'object', properties: { timeouts: { $ref: 'timeouts.yaml' } } },
    {
      type: 'object',
      properties: {
        timeouts: {
          type: 'object',
          properties: { pending: { type: 'string', pattern: 's$', description: 'A time span.', default: '5m' } },
        },
      },
    },
  ],
  [
    'in items',
    { type: 'array', items: { $ref: 'duration.yaml', description: '' } },
    { type: 'array', items: { type: 'string', pattern: 's$', description: '' } },
  ],
  [
    'in values of a map',
    { type: 'object', additionalProperties: { $ref: 'duration.yaml', description: '' } },
    { type: 'object', additionalProperties: { type: 'string', pattern: 's$', description: '' } },
  ],
])('composes %s', (_, source, whole) => {
  expect(compose(source, read)).toEqual(whole);
});

test('children are told where they stand', () => {
  const seen: string[] = [];
  mapChildren({ properties: { a: {} }, additionalProperties: {}, items: {} }, (child, where) => {
    seen.push(where);
    return child;
  });
  expect(seen).toEqual(['properties', 'additionalProperties', 'items']);
});
