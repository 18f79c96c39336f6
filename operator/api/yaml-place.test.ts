import { describe, expect, test } from '@jest/globals';
import { parseDocument } from 'yaml';
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
