import { describe, expect, test } from '@jest/globals';
import { configMaps, leases } from '../../operator/kube/object.ts';
import type { FieldValidation } from './decode.ts';
import { decode } from './decode.ts';
import type { Kind, ObjectSchema } from './kind.ts';
import { Kinds } from './kinds.ts';
import { StatusError } from './status.ts';

const configMap = new Kinds().get(configMaps);

/** A schema to which every field whose name begins with x is unknown. */
const schema: ObjectSchema = {
  applyDefaults: () => undefined,
  validate: () => [],
  prune: (object) => {
    const unknown = Object.keys(object).filter((name) => name.startsWith('x'));
    for (const name of unknown) Reflect.deleteProperty(object, name);
    return unknown;
  },
};

function read(body: unknown, kind: Kind = configMap, fieldValidation: FieldValidation = 'Warn') {
  const warnings: string[] = [];
  const object = decode(kind, body, { fieldValidation, warn: (text) => warnings.push(text) });
  return { object, warnings };
}

function code(body: unknown, kind: Kind = configMap): number | undefined {
  try {
    read(body, kind);
    return undefined;
  } catch (error) {
    return error instanceof StatusError ? error.status.code : -1;
  }
}

describe('a body', () => {
  test('of a built-in kind gets its kind', () => {
    expect(read({ metadata: { name: 'a' } }).object).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } });
  });

  test('comes as over a wire: undefined is left out, dates are text, nothing is shared', () => {
    const body = { metadata: { name: 'a' }, data: { gone: undefined, at: new Date(0) } };
    const { object } = read(body);
    expect(object['data']).toEqual({ at: '1970-01-01T00:00:00.000Z' });
    expect(Object.keys(object['data'] as object)).toEqual(['at']);
  });

  test('cannot change the prototype of an object', () => {
    const { object } = read(JSON.parse('{"metadata": {"name": "a"}, "data": {"__proto__": {"polluted": "yes"}}}'));
    expect((object['data'] as { polluted?: string }).polluted).toBeUndefined();
  });

  test.each([
    ['nothing', undefined, 400],
    ['text', 'name: a', 400],
    ['a list', [], 400],
    ['null', null, 400],
    ['metadata that is text', { metadata: 'a' }, 400],
    ['a name that is a number', { metadata: { name: 1 } }, 400],
    ['another kind', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } }, 400],
    ['another version', { apiVersion: 'v2', kind: 'ConfigMap', metadata: { name: 'a' } }, 400],
    ['more than an object may weigh', { metadata: { name: 'a' }, data: { a: 'x'.repeat(1.6 * 1024 * 1024) } }, 500],
    ['more than a body may weigh', { metadata: { name: 'a' }, data: { a: 'x'.repeat(3.1 * 1024 * 1024) } }, 413],
    ['no metadata', {}, undefined],
  ])('that is %s', (_, body, wanted) => {
    expect(code(body)).toBe(wanted);
  });

  test.each([
    ['2026-01-01T00:00:00.000000Z', undefined],
    ['2026-01-01T00:00:00.123456+01:00', undefined],
    ['2026-01-01T00:00:00Z', 400],
    ['2026-01-01T00:00:00.000Z', 400],
    ['soon', 400],
  ])('of a Lease renewed at %s', (renewTime, wanted) => {
    expect(code({ metadata: { name: 'a' }, spec: { renewTime } }, new Kinds().get(leases))).toBe(wanted);
  });
});

describe('unknown fields', () => {
  const body = { metadata: { name: 'a' }, known: 1, xylem: 2, xenon: 3 };
  const kind: Kind = { ...configMap, schema };

  test('are dropped with a warning each', () => {
    const { object, warnings } = read(body, kind);
    expect(object).not.toHaveProperty('xylem');
    expect(warnings).toEqual(['unknown field "xylem"', 'unknown field "xenon"']);
  });

  test('are dropped in silence under Ignore', () => {
    expect(read(body, kind, 'Ignore')).toMatchObject({ object: { known: 1 }, warnings: [] });
  });

  test('are all named in one refusal under Strict', () => {
    expect(() => read(body, kind, 'Strict')).toThrow(
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "xylem", unknown field "xenon"',
    );
  });
});
