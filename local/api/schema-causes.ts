import { invalidValue, required } from './metadata.ts';
import type { ObjectSchema } from './kind.ts';
import type { ApiObject } from './object.ts';
import type { StatusCause } from './status.ts';

/** What a custom resource's schema and rules refuse, as causes of a 422. Metadata has rules of its own. */
export function schemaCauses(schema: ObjectSchema, object: ApiObject, old?: ApiObject): StatusCause[] {
  const problems = schema.validate(object, old).filter(({ path }) => !path.startsWith('metadata'));
  return problems.map(({ path, message, value }) =>
    message.startsWith('is missing') ? required(path) : invalidValue(path, summary(value), message),
  );
}

/** Objects and lists are named by their type: a message must not carry a whole spec. */
function summary(value: unknown): unknown {
  if (Array.isArray(value)) return 'array';
  return value === undefined || (typeof value === 'object' && value !== null) ? 'object' : value;
}
