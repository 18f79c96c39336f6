import { describe, expect, test } from '@jest/globals';
import { Rules } from './rules.ts';
import type { Rule, Schema } from './schema.ts';

const integer: Schema = { type: 'integer' };
const text: Schema = { type: 'string' };
const fields: Schema = {
  type: 'object',
  properties: {
    a: integer,
    b: integer,
    share: { type: 'number' },
    name: text,
    list: { type: 'array', items: { type: 'object', properties: { n: text, size: integer } } },
    labels: { type: 'object', additionalProperties: text },
  },
};
const sound = () => false;

const check = (rule: Rule | string, self: unknown, old?: unknown): string[] => {
  const rules = new Rules({ ...fields, 'x-kubernetes-validations': [typeof rule === 'string' ? { rule, message: 'no' } : rule] });
  return rules.check(self, old, sound).map(({ path, message }) => `${path}: ${message}`);
};

describe('the language', () => {
  test.each([
    ['has(self.a)', { a: 1 }, {}],
    ['!has(self.a) || self.a > 3', { a: 4 }, { a: 3 }],
    ['self.a + self.b == 5', { a: 2, b: 3 }, { a: 2, b: 2 }],
    ['self.a % 2 == 0', { a: 4 }, { a: 3 }],
    ['self.share < 0.5', { share: 0.25 }, { share: 1 }],
    ['self.name.matches("^[a-z]+$")', { name: 'ab' }, { name: 'a1' }],
    ['self.name.startsWith("a") && self.name.size() < 3', { name: 'ab' }, { name: 'abc' }],
    ['self.name in ["x", "y"]', { name: 'x' }, { name: 'z' }],
    ['self.list.all(item, item.size > 0)', { list: [{ size: 1 }] }, { list: [{ size: 1 }, { size: 0 }] }],
    ['self.list.exists(item, item.n == "a")', { list: [{ n: 'a' }] }, { list: [{ n: 'b' }] }],
    ['self.list.exists_one(item, item.n == "a")', { list: [{ n: 'a' }] }, { list: [{ n: 'a' }, { n: 'a' }] }],
    ['self.labels.all(key, key != "x")', { labels: { y: '' } }, { labels: { x: '' } }],
    ['"x" in self.labels', { labels: { x: '' } }, { labels: {} }],
    ['self.list == [{"n": "a", "size": 1}]', { list: [{ n: 'a', size: 1 }] }, { list: [{ n: 'a', size: 2 }] }],
    ['[has(self.a), has(self.b)].filter(there, there).size() == 1', { a: 1 }, { a: 1, b: 1 }],
    ['has(self.a) ? self.a > 1 : self.b > 1', { b: 2 }, { a: 1, b: 2 }],
  ])('%s', (rule, good, bad) => {
    expect([check(rule, good), check(rule, bad)]).toEqual([[], [': no']]);
  });
});

describe('changes', () => {
  const fixed = 'has(self.a) == has(oldSelf.a) && (!has(self.a) || self.a == oldSelf.a)';

  test.each([
    ['no change', { a: 1 }, { a: 1 }, []],
    ['another value', { a: 2 }, { a: 1 }, [': no']],
    ['a value that was not there', { a: 1 }, {}, [': no']],
    ['a value that is gone', {}, { a: 1 }, [': no']],
    ['an object that is new', { a: 1 }, undefined, []],
  ])('%s', (_, self, old, told) => {
    expect(check(fixed, self, old)).toEqual(told);
  });

  test('items of a list are compared by their keys', () => {
    const item: Schema = {
      type: 'object',
      properties: { id: integer, size: integer },
      'x-kubernetes-validations': [{ rule: 'self.size >= oldSelf.size', message: 'shrinks' }],
    };
    const list: Schema = { type: 'array', 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['id'], items: item };
    const rules = new Rules({ type: 'object', properties: { list } });
    const old = {
      list: [
        { id: 1, size: 5 },
        { id: 2, size: 5 },
      ],
    };
    const now = {
      list: [
        { id: 2, size: 4 },
        { id: 1, size: 6 },
        { id: 3, size: 0 },
      ],
    };
    expect(rules.check(now, old, sound).map(({ path }) => path)).toEqual(['list[0]']);
  });
});

describe('messages', () => {
  test.each<[string, Rule, string]>([
    ['the message', { rule: 'false', message: 'no' }, ': no'],
    ['without one the rule', { rule: 'false' }, ': fails the rule false'],
    ['an expression', { rule: 'false', messageExpression: '"a is " + string(self.a)' }, ': a is 1'],
    ['an expression that fails falls back', { rule: 'false', message: 'no', messageExpression: 'self.none' }, ': no'],
    ['an expression that gives nothing falls back', { rule: 'false', message: 'no', messageExpression: '" "' }, ': no'],
    ['the path of a field', { rule: 'false', message: 'no', fieldPath: ".list['a-b'].c" }, 'list.a-b.c: no'],
    [
      'a rule that cannot be evaluated refuses',
      { rule: 'self.none > 1' },
      ': the rule self.none > 1 cannot be evaluated: No such key: none',
    ],
  ])('%s', (_, rule, told) => {
    expect(check(rule, { a: 1 })).toEqual([told]);
  });
});

test('rules of items, of values of a map and of fields are asked each at its place', () => {
  const rule: Rule[] = [{ rule: 'self.size() < 2', message: 'long' }];
  const short: Schema = { type: 'string', 'x-kubernetes-validations': rule };
  const rules = new Rules({
    type: 'object',
    properties: { one: short, list: { type: 'array', items: short }, map: { type: 'object', additionalProperties: short } },
  });
  const problems = rules.check({ one: 'aa', list: ['a', 'aa'], map: { k: 'aa', l: 'a' } }, undefined, sound);
  expect(problems.map(({ path }) => path)).toEqual(['one', 'list[1]', 'map.k']);
});

test('no rule is asked about a value that is broken otherwise', () => {
  const rules = new Rules({ ...fields, 'x-kubernetes-validations': [{ rule: 'self.a > 1', message: 'no' }] });
  expect(rules.check({ a: 'text' }, undefined, (path) => path.length === 0)).toEqual([]);
});

test.each([
  ['no CEL', { rule: 'self.a >' }, 'not CEL: self.a >'],
  ['a message that is none', { rule: 'true', messageExpression: '"a' }, 'not CEL: "a'],
  ['what is not supported', { rule: 'true', optionalOldSelf: true }, 'optionalOldSelf is not supported: true'],
])('a schema with %s is refused', (_, rule, message) => {
  expect(() => new Rules({ type: 'object', 'x-kubernetes-validations': [rule] })).toThrow(message);
});

describe('a rule about a change is asked where there was something before', () => {
  const grows: Rule[] = [{ rule: 'self >= oldSelf', message: 'shrinks' }];
  const size: Schema = { type: 'integer', 'x-kubernetes-validations': grows };
  const rules = new Rules({
    type: 'object',
    properties: {
      one: size,
      map: { type: 'object', additionalProperties: size },
      list: { type: 'array', items: size },
      deep: { type: 'object', properties: { one: size } },
    },
  });

  test.each<[string, object, object, string[]]>([
    ['a field that shrinks', { one: 1 }, { one: 2 }, ['one']],
    ['a field that grows', { one: 3 }, { one: 2 }, []],
    ['a field that is new', { one: 1 }, {}, []],
    ['a field that is gone', {}, { one: 2 }, []],
    ['a value of a map, by its key', { map: { a: 1, b: 5 } }, { map: { a: 2, b: 1 } }, ['map.a']],
    ['a key that is new', { map: { c: 0 } }, { map: { a: 2 } }, []],
    ['an item of a list without keys, which has no before', { list: [1] }, { list: [2] }, []],
    ['a field of a field', { deep: { one: 1 } }, { deep: { one: 2 } }, ['deep.one']],
    ['a field of what was of another type', { deep: { one: 1 } }, { deep: [2] }, []],
    ['a name that objects inherit', { map: { constructor: 1 } }, { map: {} }, []],
  ])('%s', (_, self, old, paths) => {
    expect(rules.check(self, old, sound).map(({ path }) => path)).toEqual(paths);
  });
});

/** As where `bad.n` was refused for another reason. */
const isBroken = (path: readonly (string | number)[]) => ['bad', 'n'].slice(0, path.length).join() === path.join();

test('only the rules at and above what is broken are left out', () => {
  const never: Rule[] = [{ rule: 'false', message: 'no' }];
  const leaf: Schema = { type: 'integer', 'x-kubernetes-validations': never };
  const part: Schema = { type: 'object', properties: { n: leaf }, 'x-kubernetes-validations': never };
  const rules = new Rules({ type: 'object', properties: { good: part, bad: part }, 'x-kubernetes-validations': never });
  expect(rules.check({ good: { n: 1 }, bad: { n: 1 } }, undefined, isBroken).map(({ path }) => path)).toEqual(['good', 'good.n']);
});
