import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { podKind } from './pods.ts';
import type { ApiObject } from './object.ts';
import { labelMatch, selection } from './selectors.ts';

function labelled(labels?: Record<string, string>): ApiObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'ns', ...(labels && { labels }) } };
}

describe('label selectors', () => {
  test.each([
    ['a=1', { a: '1' }, true],
    ['a=1', { a: '2' }, false],
    ['a=1', undefined, false],
    ['a==1', { a: '1' }, true],
    ['a!=1', { a: '1' }, false],
    ['a!=1', { a: '2' }, true],
    ['a!=1', undefined, true],
    ['a=', { a: '' }, true],
    ['a=', undefined, false],
    ['a', { a: '' }, true],
    ['a', undefined, false],
    ['!a', undefined, true],
    ['! a', { a: '1' }, false],
    ['a in (1,2)', { a: '2' }, true],
    ['a in (1,2)', { a: '3' }, false],
    ['a in (1,2)', undefined, false],
    ['a in ()', { a: '' }, true],
    ['a notin (1,2)', { a: '3' }, true],
    ['a notin (1,2)', { a: '1' }, false],
    ['a notin (1,2)', undefined, true],
    ['a in (1,2),b', { a: '1', b: 'x' }, true],
    ['a in (1,2),b', { a: '1' }, false],
    ['a=1, b=2', { a: '1', b: '2' }, true],
    ['example.dev/a=1', { 'example.dev/a': '1' }, true],
    ['constructor', {}, false],
    ['!constructor', {}, true],
    ['', undefined, true],
  ])('%j on %j is %s', (selector, labels, wanted) => {
    expect(labelMatch(selector)(labelled(labels))).toBe(wanted);
  });

  test.each(['a=b=c', '=', '!', 'a in (b', 'a in b', 'a b', '-a', 'a/b/c=1', 'a-=1'])('%j is refused', (selector) => {
    expect(() => labelMatch(selector)).toThrow(/unable to parse requirement/);
  });

  const key = fc.constantFrom('a', 'b', 'c');
  const value = fc.constantFrom('', '1', '2');
  const labels = fc.dictionary(key, value);

  test('every requirement and its contrary divide the objects between them', () => {
    const contraries = fc.oneof(
      fc.tuple(key, value).map(([k, v]) => [`${k}=${v}`, `${k}!=${v}`]),
      key.map((k) => [k, `!${k}`]),
      fc
        .tuple(key, fc.uniqueArray(value, { minLength: 1 }))
        .map(([k, vs]) => [`${k} in (${vs.join(',')})`, `${k} notin (${vs.join(',')})`]),
    );
    fc.assert(
      fc.property(contraries, labels, ([is = '', not = ''], own) => {
        const object = labelled(own);
        return labelMatch(is)(object) !== labelMatch(not)(object);
      }),
    );
  });

  test('requirements joined by commas must all hold', () => {
    const requirement = fc.tuple(key, value).map(([k, v]) => `${k}=${v}`);
    fc.assert(
      fc.property(fc.array(requirement), labels, (requirements, own) => {
        const object = labelled(own);
        expect(labelMatch(requirements.join(','))(object)).toBe(requirements.every((one) => labelMatch(one)(object)));
      }),
    );
  });
});

describe('field selectors', () => {
  const pod: ApiObject = { ...labelled({ app: 'x' }), spec: { nodeName: 'n1' }, status: { phase: 'Running' } };

  test.each([
    ['metadata.name=a', true],
    ['metadata.name=b', false],
    ['metadata.namespace=ns', true],
    ['spec.nodeName=n1', true],
    ['spec.nodeName==n1', true],
    ['spec.nodeName!=n1', false],
    ['spec.nodeName=', false],
    ['status.phase=Running,spec.nodeName=n1', true],
    ['status.phase=Running,spec.nodeName=n2', false],
    ['status.podIP=', true],
  ])('%j on a running pod is %s', (fieldSelector, wanted) => {
    expect(selection(podKind, { fieldSelector })?.(pod)).toBe(wanted);
  });

  test('a field that cannot be selected is refused by name', () => {
    expect(() => selection(podKind, { fieldSelector: 'spec.hostname=a' })).toThrow('field label not supported: spec.hostname');
  });

  test('a requirement without an operator is refused', () => {
    expect(() => selection(podKind, { fieldSelector: 'spec.nodeName' })).toThrow("can't understand 'spec.nodeName'");
  });

  test('labels and fields must both hold', () => {
    const both = selection(podKind, { labelSelector: 'app=x', fieldSelector: 'spec.nodeName=n2' });
    expect(both?.(pod)).toBe(false);
  });

  test('no selector narrows nothing', () => {
    expect(selection(podKind, {})).toBeUndefined();
  });
});
