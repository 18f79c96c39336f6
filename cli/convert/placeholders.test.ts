import { describe, expect, test } from '@jest/globals';
import { fillIn } from './placeholders.ts';
import type { Note } from './source.ts';

const parameters = { streams: 4, name: 'fast', nodes: ['a', 'b'], deep: { er: true } };

function filled(value: unknown): { value: unknown; notes: Note[] } {
  const notes: Note[] = [];
  return { value: fillIn(value, parameters, 'spec', notes), notes };
}

describe('a text that is one place', () => {
  test.each<[string, unknown]>([
    ['{{ p.streams }}', 4],
    ['{{params.streams}}', 4],
    ['{{ parameters.name }}', 'fast'],
    ['{{ p.nodes | toyaml }}', ['a', 'b']],
    ['{{ p.nodes[1] }}', 'b'],
    ['{{ p.deep.er }}', true],
    ['{{ p.none }}', undefined],
    ['{{ p.constructor }}', undefined],
    ['{{ p.nodes.length }}', undefined],
  ])('%s', (text, value) => {
    expect(filled(text)).toEqual({ value, notes: [] });
  });
});

test.each([
  ['net-{{ p.name }}-{{ p.streams }}', 'net-fast-4'],
  ['{{ p.name }}{{ p.name }}', 'fastfast'],
  ['plain', 'plain'],
  ['x {{ p.none }}', undefined],
  ['x {{ p.nodes }}', undefined],
])('within a text: %s', (text, value) => {
  expect(filled(text)).toEqual({ value, notes: [] });
});

test.each(['{{ p.streams * 2 }}', '{% if p.streams %}1{% endif %}', '{{ p.name | upper }}'])('%s computes, and is named', (text) => {
  expect(filled({ a: [text] })).toEqual({
    value: { a: [undefined] },
    notes: [{ path: 'spec.a[0]', message: expect.stringContaining('computes a value') }],
  });
});

test('what is no text stays', () => {
  expect(filled({ a: 1, b: null, c: [true] }).value).toEqual({ a: 1, b: null, c: [true] });
});
