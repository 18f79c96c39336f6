import type { Instant } from '../../operator/kube/clock.ts';
import type { ApiRequest } from '../../operator/kube/transport.ts';
import type { FieldValidation } from './decode.ts';
import { fieldAt, isFields } from './object.ts';
import type { DeleteOptions } from './remove.ts';
import { badRequest } from './status.ts';
import type { WriteOptions } from './write.ts';

/** @throws StatusError 400 for a value that the query parameter does not have */
export function writeOptions(
  { query = {} }: ApiRequest,
  subresource: string | undefined,
  now: Instant,
  warn: (text: string) => void,
): WriteOptions {
  const fieldValidation = oneOf<FieldValidation>(query, 'fieldValidation', ['Strict', 'Warn', 'Ignore']) ?? 'Warn';
  return {
    fieldValidation,
    dryRun: isDryRun(query),
    now,
    manager: query['fieldManager'] ?? 'unknown',
    ...(subresource === 'status' && { subresource }),
    warn,
  };
}

/** From the body (DeleteOptions) or the query, as the API server takes both. */
export function deleteOptions({ query = {}, body }: ApiRequest): DeleteOptions {
  const fields = isFields(body) ? body : {};
  const merged: Record<string, string> = { ...query };
  const { gracePeriodSeconds, propagationPolicy: policy } = fields;
  if (typeof gracePeriodSeconds === 'number') merged['gracePeriodSeconds'] = String(gracePeriodSeconds);
  if (typeof policy === 'string') merged['propagationPolicy'] = policy;
  const grace = merged['gracePeriodSeconds'];
  if (grace !== undefined && !/^-?\d+$/.test(grace)) throw badRequest(`gracePeriodSeconds: ${JSON.stringify(grace)} is no whole number`);
  const propagationPolicy = oneOf(merged, 'propagationPolicy', ['Background', 'Foreground', 'Orphan']);
  const uid = fieldAt(fields, 'preconditions', 'uid');
  const resourceVersion = fieldAt(fields, 'preconditions', 'resourceVersion');
  return {
    ...(grace !== undefined && { gracePeriodSeconds: Number(grace) }),
    ...(propagationPolicy && { propagationPolicy }),
    preconditions: {
      ...(typeof uid === 'string' && { uid }),
      ...(typeof resourceVersion === 'string' && { resourceVersion }),
    },
    dryRun: isDryRun(query) || fields['dryRun'] !== undefined,
  };
}

function isDryRun(query: Record<string, string>): boolean {
  return oneOf(query, 'dryRun', ['All']) === 'All';
}

function oneOf<Value extends string>(query: Record<string, string>, name: string, allowed: Value[]): Value | undefined {
  const text = query[name];
  if (text === undefined || text === '') return undefined;
  const found = allowed.find((value) => value === text);
  if (!found) throw badRequest(`${name}: ${JSON.stringify(text)} is not one of ${allowed.join(', ')}`);
  return found;
}
