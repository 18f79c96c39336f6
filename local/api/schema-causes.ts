import type { ObjectSchema } from './kind.ts';
import type { ApiObject } from './object.ts';
import type { StatusCause } from './status.ts';

/** What a custom resource's schema and rules refuse, as causes of a 422. */
export function schemaCauses(schema: ObjectSchema, object: ApiObject, old?: ApiObject): StatusCause[] {
  return schema.validate(object, old).map(({ path, message }) => ({
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${message}`,
    field: path,
  }));
}
