import { parse } from 'yaml';
import { CrdSchema, type Schema } from '../api/crd-schema.ts';
import { messageOf } from '../kube/errors.ts';
import type { Rights, RightsPolicy } from './policy.ts';

const boolean: Schema = { type: 'boolean' };
const names: Schema = { type: 'array', items: { type: 'string' } };

const rights: Record<keyof Rights, Schema> = {
  hostNetwork: boolean,
  privileged: boolean,
  root: boolean,
  privilegeEscalation: boolean,
  unconfined: boolean,
  capabilities: names,
  serviceAccounts: names,
  volumes: names,
  hostPaths: names,
  networks: names,
  annotations: names,
  priorityClasses: names,
};

const namespaces: Schema = { type: 'object', additionalProperties: { type: 'object', properties: rights } };
const file: Schema = {
  type: 'object',
  required: ['policy'],
  properties: { policy: { type: 'object', properties: { ...rights, namespaces } } },
};

/**
 * Reads the text of a policy file: `policy:` with the settings of Rights, and `namespaces` with more for some.
 * @throws Error that names every wrong setting and what is allowed: an operator must not start with rights that nobody meant
 */
export function readPolicy(text: string): RightsPolicy {
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    throw new Error(`the policy is no YAML: ${messageOf(error)}`, { cause: error });
  }
  if (typeof content !== 'object' || content === null) throw new Error('the policy is empty; it begins with policy:');
  const schema = new CrdSchema(file);
  const problems = [...schema.unknownFieldProblems(content), ...schema.validate(content)];
  if (problems.length > 0)
    throw new Error(`the policy is refused: ${problems.map(({ path, message }) => `${path}: ${message}`).join('; ')}`);
  // The schema has just vouched for the shape.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return (content as { policy: RightsPolicy }).policy;
}
