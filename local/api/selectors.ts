import { badRequest } from './status.ts';
import type { ApiObject } from './object.ts';
import type { Kind } from './kind.ts';

export type Match = (object: ApiObject) => boolean;

const labelKey = /^([a-z0-9A-Z]([-a-z0-9A-Z_.]*[a-z0-9A-Z])?\/)?[a-z0-9A-Z]([-a-z0-9A-Z_.]*[a-z0-9A-Z])?$/;

/** The predicate of `labelSelector` and `fieldSelector`, undefined where neither narrows anything. */
export function selection(kind: Kind, query: Record<string, string>): Match | undefined {
  const labels = query['labelSelector'] ? labelMatch(query['labelSelector']) : undefined;
  const fields = query['fieldSelector'] ? fieldMatch(kind, query['fieldSelector']) : undefined;
  if (labels && fields) return (object) => labels(object) && fields(object);
  return labels ?? fields;
}

/** `a=b,c!=d,e in (f,g),h notin (i),j,!k` */
export function labelMatch(selector: string): Match {
  const requirements = splitOutsideParentheses(selector).map(labelRequirement);
  return ({ metadata }) => requirements.every((holds) => holds(metadata.labels ?? {}));
}

type Requirement = (labels: Record<string, string>) => boolean;

function labelRequirement(text: string): Requirement {
  const set = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(text);
  if (set) {
    const [, key = '', operator, list = ''] = set;
    const values = new Set<string | undefined>(list.split(',').map((value) => value.trim()));
    checkKey(key, text);
    return operator === 'in'
      ? (labels) => Object.hasOwn(labels, key) && values.has(labels[key])
      : (labels) => !Object.hasOwn(labels, key) || !values.has(labels[key]);
  }
  const equality = /^([^=!\s]+)\s*(==|=|!=)\s*([^=!\s]*)$/.exec(text);
  if (equality) {
    const [, key = '', operator, value = ''] = equality;
    checkKey(key, text);
    return operator === '!='
      ? (labels) => !Object.hasOwn(labels, key) || labels[key] !== value
      : (labels) => Object.hasOwn(labels, key) && labels[key] === value;
  }
  const absent = text.startsWith('!');
  const key = absent ? text.slice(1).trim() : text;
  checkKey(key, text);
  return absent ? (labels) => !Object.hasOwn(labels, key) : (labels) => Object.hasOwn(labels, key);
}

function checkKey(key: string, text: string): void {
  if (!labelKey.test(key))
    throw badRequest(`unable to parse requirement: ${JSON.stringify(text)}: invalid label key ${JSON.stringify(key)}`);
}

function splitOutsideParentheses(selector: string): string[] {
  return selector
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** `metadata.name=a,status.phase!=Running`, over the fields that the kind lets be selected. */
function fieldMatch(kind: Kind, selector: string): Match {
  const requirements = selector
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const parsed = /^([^=!]+)(==|=|!=)(.*)$/.exec(part);
      if (!parsed) throw badRequest(`invalid selector: '${selector}'; can't understand '${part}'`);
      const [, field = '', operator, value = ''] = parsed;
      const read = fieldReader(kind, field);
      return operator === '!=' ? (object: ApiObject) => read(object) !== value : (object: ApiObject) => read(object) === value;
    });
  return (object) => requirements.every((holds) => holds(object));
}

function fieldReader(kind: Kind, field: string): (object: ApiObject) => string {
  if (field === 'metadata.name') return ({ metadata }) => metadata.name;
  if (field === 'metadata.namespace' && kind.namespaced) return ({ metadata }) => metadata.namespace ?? '';
  const read = kind.selectable && Object.hasOwn(kind.selectable, field) ? kind.selectable[field] : undefined;
  if (!read) throw badRequest(`field label not supported: ${field}`);
  return read;
}
