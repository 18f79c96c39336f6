import { CrdSchema } from '../../operator/api/crd-schema.ts';
import type { Resource } from '../../operator/kube/object.ts';
import type { Kind, ObjectSchema } from './kind.ts';
import { invalidValue, required } from './metadata.ts';
import type { ApiObject, Fields } from './object.ts';
import { fieldAt, isFields, textAt } from './object.ts';
import { withMetadata } from './owners.ts';
import type { StatusCause } from './status.ts';

/** What keeps a CustomResourceDefinition from being served. */
export function crdCauses(crd: ApiObject): StatusCause[] {
  const texts = [['group'], ['names', 'plural'], ['names', 'kind'], ['scope']].filter((path) => textAt(crd.spec, ...path) === '');
  const causes = texts.map((path) => required(`spec.${path.join('.')}`));
  if (versionsOf(crd).length === 0) causes.push(required('spec.versions'));
  return [...causes, ...versionsOf(crd).flatMap(schemaErrors)];
}

function schemaErrors(version: Fields, index: number): StatusCause[] {
  try {
    schemaOf(version);
    return [];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [invalidValue(`spec.versions[${index}].schema.openAPIV3Schema`, 'object', why)];
  }
}

function versionsOf({ spec }: ApiObject): Fields[] {
  const versions = spec?.['versions'];
  return Array.isArray(versions) ? versions.filter(isFields) : [];
}

function resourceOf({ spec }: ApiObject, version: Fields): Resource {
  return {
    group: textAt(spec, 'group'),
    version: textAt(version, 'name'),
    plural: textAt(spec, 'names', 'plural'),
    kind: textAt(spec, 'names', 'kind'),
  };
}

function servedVersions(crd: ApiObject): Fields[] {
  return versionsOf(crd).filter(({ served }) => served === true);
}

export function servedResources(crd: ApiObject): Resource[] {
  return servedVersions(crd).map((version) => resourceOf(crd, version));
}

/** The kinds that a definition asks for, one a served version; versions are not converted into each other. */
export function customKinds(crd: ApiObject): Kind[] {
  return servedVersions(crd).map((version) => {
    const schema = schemaOf(version);
    const kind: Kind = {
      resource: resourceOf(crd, version),
      namespaced: textAt(crd.spec, 'scope') === 'Namespaced',
      statusSubresource: fieldAt(version, 'subresources', 'status') !== undefined,
      counted: true,
      unconditionalUpdate: false,
      custom: true,
      lists: withMetadata(fieldAt(version, 'schema', 'openAPIV3Schema') ?? {}),
      selectable: selectableFields(version),
    };
    if (schema) kind.schema = schema;
    return kind;
  });
}

/** Compiled schemas by their text: each takes a tenth of a second, and tests serve the same ones again and again. */
const compiled = new Map<string, ObjectSchema>();

function schemaOf(version: Fields): ObjectSchema | undefined {
  const schema = fieldAt(version, 'schema', 'openAPIV3Schema');
  if (!isFields(schema)) return undefined;
  const text = JSON.stringify(schema);
  const known = compiled.get(text) ?? new CrdSchema(schema);
  compiled.set(text, known);
  return known;
}

function selectableFields(version: Fields): Record<string, (object: ApiObject) => string> {
  const fields = fieldAt(version, 'selectableFields');
  if (!Array.isArray(fields)) return {};
  const paths = fields.map((field: unknown) => textAt(field, 'jsonPath').slice(1));
  return Object.fromEntries(paths.map((path) => [path, (object: ApiObject) => selectedText(fieldAt(object, ...path.split('.')))]));
}

/** Selectable fields are strings, whole numbers or booleans. */
function selectedText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
