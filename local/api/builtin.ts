import { isDeepStrictEqual } from 'node:util';
import {
  configMaps,
  customResourceDefinitions,
  events,
  leases,
  namespaces,
  nodes,
  persistentVolumeClaims,
} from '../../operator/kube/object.ts';
import type { Resource } from '../../operator/kube/object.ts';
import type { Kind } from './kind.ts';
import { invalidValue } from './metadata.ts';
import type { ApiObject, Fields } from './object.ts';
import { fieldAt, isFields, textAt } from './object.ts';
import { withMetadata } from './owners.ts';
import { crdCauses } from './custom.ts';
import { podKind } from './pods.ts';
import type { StatusCause } from './status.ts';

/** What a kind without special ways is like. */
function plain(resource: Resource, special: Partial<Kind> = {}): Kind {
  return {
    resource,
    namespaced: true,
    statusSubresource: false,
    counted: false,
    unconditionalUpdate: true,
    custom: false,
    lists: withMetadata(undefined),
    ...special,
  };
}

function pendingAtFirst(claim: ApiObject): void {
  claim.status ??= { phase: 'Pending' };
}

const configMapBytes = 1024 * 1024;

function configMapCauses(object: ApiObject, old?: ApiObject): StatusCause[] {
  const entries = ['data', 'binaryData'].flatMap((part) => {
    const values = object[part];
    return isFields(values) ? Object.entries(values).map(([key, value]) => ({ part, key, value })) : [];
  });
  const causes = entries
    .filter(({ key }) => key.length > 253 || !/^[-._a-zA-Z0-9]+$/.test(key))
    .map(({ part, key }) =>
      invalidValue(`${part}[${key}]`, key, "a valid config key must consist of alphanumeric characters, '-', '_' or '.'"),
    );
  const bytes = entries.reduce((sum, { part, value }) => sum + Buffer.byteLength(String(value), part === 'data' ? 'utf8' : 'base64'), 0);
  if (bytes > configMapBytes) {
    causes.push({ reason: 'FieldValueTooLong', message: `Too long: may not be more than ${configMapBytes} bytes`, field: '[]' });
  }
  if (
    old?.['immutable'] === true &&
    JSON.stringify([old['data'], old['binaryData']]) !== JSON.stringify([object['data'], object['binaryData']])
  ) {
    causes.push({ reason: 'FieldValueForbidden', message: 'Forbidden: field is immutable when `immutable` is set', field: 'data' });
  }
  return causes;
}

function eventCauses(event: ApiObject): StatusCause[] {
  const namespace = textAt(event['involvedObject'], 'namespace') || 'default';
  if (namespace === event.metadata.namespace) return [];
  return [invalidValue('involvedObject.namespace', namespace, 'does not match event.namespace')];
}

function leaseCauses({ spec }: ApiObject): StatusCause[] {
  const seconds = fieldAt(spec, 'leaseDurationSeconds');
  return typeof seconds === 'number' && seconds <= 0 ? [invalidValue('spec.leaseDurationSeconds', seconds, 'must be greater than 0')] : [];
}

/** Times of a Lease have six digits after the second, or are not read at all. */
function unreadableTime({ spec }: ApiObject): string | undefined {
  const times = [fieldAt(spec, 'acquireTime'), fieldAt(spec, 'renewTime')];
  const wrong = times.find((time) => typeof time === 'string' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}(Z|[-+]\d\d:\d\d)$/.test(time));
  return wrong === undefined ? undefined : `parsing time ${JSON.stringify(wrong)} as "2006-01-02T15:04:05.000000Z07:00"`;
}

function selectableTexts(...paths: string[]): Record<string, (object: ApiObject) => string> {
  return Object.fromEntries(paths.map((path) => [path, (object: ApiObject) => textAt(object, ...path.split('.'))]));
}

/** A Node's spec.unschedulable is selected as "true" or "false". */
function unschedulable({ spec }: { spec?: Fields }): string {
  return String(fieldAt(spec, 'unschedulable') === true);
}

/** The kinds that are served from the start. */
export const builtinKinds: Kind[] = [
  podKind,
  plain(configMaps, { validate: configMapCauses }),
  plain(events, {
    validate: eventCauses,
    selectable: selectableTexts(
      'involvedObject.kind',
      'involvedObject.namespace',
      'involvedObject.name',
      'involvedObject.uid',
      'involvedObject.apiVersion',
      'involvedObject.resourceVersion',
      'involvedObject.fieldPath',
      'reason',
      'type',
    ),
  }),
  plain(nodes, { namespaced: false, statusSubresource: true, selectable: { 'spec.unschedulable': unschedulable } }),
  plain(namespaces, {
    namespaced: false,
    statusSubresource: true,
    nameLimit: 63,
    prepare(namespace) {
      namespace.metadata.labels = { ...namespace.metadata.labels, 'kubernetes.io/metadata.name': namespace.metadata.name };
      namespace.spec ??= { finalizers: ['kubernetes'] };
      namespace.status ??= { phase: 'Active' };
    },
    held: ({ spec }) => isDeepStrictEqual(fieldAt(spec, 'finalizers'), ['kubernetes']),
    selectable: selectableTexts('status.phase'),
  }),
  plain(persistentVolumeClaims, { statusSubresource: true, prepare: pendingAtFirst }),
  plain(leases, { unconditionalUpdate: false, unreadable: unreadableTime, validate: leaseCauses }),
  plain(customResourceDefinitions, {
    namespaced: false,
    statusSubresource: true,
    counted: true,
    unconditionalUpdate: false,
    prepare(crd) {
      crd.status ??= { conditions: ['NamesAccepted', 'Established'].map((type) => ({ type, status: 'True' })) };
    },
    validate: (crd) => crdCauses(crd),
  }),
];
