import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parseDocument, stringify } from 'yaml';
import { isFields, pathText, type Segments } from './structural/schema.ts';
import { offsetOf } from './yaml-place.ts';

const text = `metadata:
  labels: {app.kubernetes.io/name: x}
spec:
  iperf:
    streams: -1
  pod:
    env:
    - name: A
    - name: B
      value: 1
  matrix:
    product:
      iperf: [1]
      iperf.streams: [1,
        2]
    explicit:
    - iperf.streams: 4
`;

/** The line's text that a path leads to, without indentation. */
function lineAt(path: string): string {
  const { contents } = parseDocument(text);
  const line = text.slice(0, offsetOf(contents, path)).split('\n').length;
  return (text.split('\n')[line - 1] ?? '').trim();
}

describe('a path leads to the line', () => {
  test.each([
    ['', 'metadata:'],
    ['spec', 'spec:'],
    ['spec.iperf.streams', 'streams: -1'],
    ['spec.pod.env[1].value', 'value: 1'],
    ['spec.pod.env[1]', '- name: B'],
    ['metadata.labels[app.kubernetes.io/name]', 'labels: {app.kubernetes.io/name: x}'],
    ['spec.matrix.product[iperf.streams][1]', '2]'],
    ['spec.matrix.product.iperf.streams[1]', '2]'],
    ['spec.matrix.product.iperf[0]', 'iperf: [1]'],
    ['spec.matrix.explicit[0][iperf.streams]', '- iperf.streams: 4'],
  ])('%s', (path, line) => {
    expect(lineAt(path)).toBe(line);
  });
});

describe('what is not there leads to the nearest thing around it', () => {
  test.each([
    ['spec.iperf.duration', 'iperf:'],
    ['spec.fio.size', 'spec:'],
    ['spec.pod.env[7].name', 'env:'],
    ['spec.pod.env.name', 'env:'],
    ['spec.iperf.streams.x', 'streams: -1'],
    ['status', 'metadata:'],
  ])('%s', (path, line) => {
    expect(lineAt(path)).toBe(line);
  });

  test('an empty document is its start', () => {
    expect(offsetOf(null, 'spec')).toBe(0);
  });
});

/** Every path into a value. */
function pathsIn(value: unknown, at: Segments = []): Segments[] {
  const below = Array.isArray(value)
    ? value.flatMap((item, index) => pathsIn(item, [...at, index]))
    : isFields(value)
      ? Object.entries(value).flatMap(([name, field]) => pathsIn(field, [...at, name]))
      : [];
  return at.length > 0 ? [at, ...below] : below;
}

test('every path into any document leads to its own key or item, in whatever style it is written', () => {
  const key = fc.constantFrom('a', 'b-c', 'iperf.streams', 'example.dev/name', 'iperf', '0');
  const value = fc.object({ key, maxDepth: 3, values: [fc.integer(), fc.constantFrom('x', 'a: b', '# no comment', 'two\nlines', '')] });
  fc.assert(
    fc.property(value, fc.constantFrom('BLOCK', 'FLOW', 'JSON'), (object, style) => {
      const written =
        style === 'JSON' ? JSON.stringify(object, null, 1) : stringify(object, { collectionStyle: style === 'FLOW' ? 'flow' : 'block' });
      const { contents } = parseDocument(written);
      for (const segments of pathsIn(object)) {
        const last = segments.at(-1);
        const found = written.slice(offsetOf(contents, pathText(segments)));
        if (typeof last === 'string') expect(found.replace(/^["']/, '').startsWith(last)).toBe(true);
      }
    }),
  );
});

test.each([
  ['a quoted key', "'spec': {'a b': 1}", 'spec[a b]', "'a b': 1}"],
  ['a key that is a number', 'a: {5: x}', 'a.5', '5: x}'],
  ['an item of a flow list', 'a: [x, y]', 'a[1]', 'y]'],
  ['a field of an item of a list of lists', 'a: [[{b: 1}]]', 'a[0][0].b', 'b: 1}]]'],
  ['what an alias stands for: the place where it is used', 'x: &x {b: 1}\na: *x', 'a.b', 'a: *x'],
  ['a key of two words of which one is a key itself', 'a: 1\na.b: 2', '[a.b]', 'a.b: 2'],
  ['an empty value', 'a:\nb: 1', 'a.c', 'a:\nb: 1'],
])('%s', (_, yaml, path, found) => {
  expect(yaml.slice(offsetOf(parseDocument(yaml).contents, path))).toBe(found);
});
