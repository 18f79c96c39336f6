import { randomUUID } from 'node:crypto';
import type { Instant } from '../../operator/kube/clock.ts';
import type { Kind } from './kind.ts';
import type { ApiObject } from './object.ts';
import { isFields } from './object.ts';
import type { StatusCause } from './status.ts';

const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const subdomainRule =
  'a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, ' +
  "'-' or '.', and must start and end with an alphanumeric character";
const labelName = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const labelValueRule = 'a valid label must be an empty string or at most 63 alphanumeric characters, "-", "_" or "."';
const annotationBytes = 256 * 1024;

/** The letters of generated names: no vowels, so no words. */
const suffixLetters = 'bcdfghjklmnpqrstvwxz2456789';

/** `generateName` cut to leave room, and five random letters. */
export function generatedName(prefix: string): string {
  const letters = Array.from({ length: 5 }, () => suffixLetters.charAt(Math.floor(Math.random() * suffixLetters.length)));
  return prefix.slice(0, 58) + letters.join('');
}

/** RFC 3339 in whole seconds, as metadata has it. */
export function timestamp(now: Instant): string {
  return `${new Date(now).toISOString().slice(0, 19)}Z`;
}

/** What a new object's metadata gets, whatever the request said. */
export function stamp(object: ApiObject, kind: Kind, now: Instant): void {
  const { metadata } = object;
  metadata.uid = randomUUID();
  metadata.creationTimestamp = timestamp(now);
  delete metadata.deletionTimestamp;
  delete metadata.deletionGracePeriodSeconds;
  delete metadata.managedFields;
  delete metadata.generation;
  if (kind.counted) metadata.generation = 1;
}

/** The rules that metadata of every kind obeys; each cause is of reason FieldValueInvalid unless said. */
export function metadataCauses(object: ApiObject, kind: Kind): StatusCause[] {
  const { metadata } = object;
  return [
    ...nameCauses(metadata.name, kind.nameLimit ?? 253),
    ...labelCauses(metadata.labels),
    ...annotationCauses(metadata.annotations),
    ...ownerCauses(metadata.ownerReferences),
    ...finalizerCauses(metadata.finalizers),
  ];
}

function nameCauses(name: string, limit: number): StatusCause[] {
  if (name === '')
    return [{ reason: 'FieldValueRequired', message: 'Required value: name or generateName is required', field: 'metadata.name' }];
  if (name.length > limit) return [invalidValue('metadata.name', name, `must be no more than ${limit} characters`)];
  return subdomain.test(name) && (limit > 63 || !name.includes('.')) ? [] : [invalidValue('metadata.name', name, subdomainRule)];
}

function labelCauses(labels: unknown): StatusCause[] {
  if (labels === undefined) return [];
  if (!isFields(labels)) return [invalidValue('metadata.labels', labels, 'must be a map of strings')];
  const entries = Object.entries(labels);
  const keys = entries.flatMap(([key]) => keyCauses('metadata.labels', key));
  const values = entries
    .filter(([, value]) => !isLabelValue(value))
    .map(([, value]) => invalidValue('metadata.labels', value, labelValueRule));
  return [...keys, ...values];
}

function isLabelValue(value: unknown): boolean {
  return typeof value === 'string' && (value === '' || (value.length <= 63 && labelName.test(value)));
}

function keyCauses(field: string, key: string): StatusCause[] {
  const parts = key.split('/');
  const name = parts.at(-1) ?? '';
  const prefix = parts.length > 1 ? parts[0] : undefined;
  const right =
    parts.length <= 2 &&
    name.length <= 63 &&
    labelName.test(name) &&
    (prefix === undefined || (prefix.length <= 253 && subdomain.test(prefix)));
  return right
    ? []
    : [
        invalidValue(
          field,
          key,
          'a qualified name is an optional DNS subdomain and "/", then at most 63 alphanumeric characters, "-", "_" or "."',
        ),
      ];
}

function annotationCauses(annotations: unknown): StatusCause[] {
  if (annotations === undefined) return [];
  if (!isFields(annotations)) return [invalidValue('metadata.annotations', annotations, 'must be a map of strings')];
  const entries = Object.entries(annotations);
  const causes = entries.flatMap(([key]) => keyCauses('metadata.annotations', key.toLowerCase()));
  const bytes = entries.reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(String(value)), 0);
  if (bytes <= annotationBytes) return causes;
  const message = `Too long: may not be more than ${annotationBytes} bytes`;
  return [...causes, { reason: 'FieldValueTooLong', message, field: 'metadata.annotations' }];
}

function finalizerCauses(finalizers: unknown): StatusCause[] {
  if (finalizers === undefined || finalizers === null) return [];
  const right = Array.isArray(finalizers) && finalizers.every((finalizer) => typeof finalizer === 'string');
  return right ? [] : [invalidValue('metadata.finalizers', finalizers, 'must be a list of strings')];
}

function ownerCauses(owners: unknown): StatusCause[] {
  if (owners === undefined || owners === null) return [];
  if (!Array.isArray(owners)) return [invalidValue('metadata.ownerReferences', owners, 'must be a list of references')];
  const causes = owners.flatMap((owner: unknown, index) =>
    ['apiVersion', 'kind', 'name', 'uid']
      .filter((name) => !isFields(owner) || !owner[name])
      .map((name) => invalidValue(`metadata.ownerReferences[${index}].${name}`, '', 'must not be empty')),
  );
  const controllers = owners.filter((owner: unknown) => isFields(owner) && owner['controller'] === true);
  if (controllers.length <= 1) return causes;
  return [...causes, invalidValue('metadata.ownerReferences', owners, 'Only one reference can have Controller set to true')];
}

/** A cause in the API server's words: `Invalid value: <JSON>: <why>`. */
export function invalidValue(field: string, value: unknown, why: string): StatusCause {
  return { reason: 'FieldValueInvalid', message: `Invalid value: ${JSON.stringify(value)}: ${why}`, field };
}

export function forbiddenValue(field: string, why: string): StatusCause {
  return { reason: 'FieldValueForbidden', message: `Forbidden: ${why}`, field };
}

export function required(field: string, why = ''): StatusCause {
  return { reason: 'FieldValueRequired', message: `Required value${why && `: ${why}`}`, field };
}
