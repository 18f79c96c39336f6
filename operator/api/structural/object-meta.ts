import type { Rule, Schema } from './schema.ts';

const text: Schema = { type: 'string' };
const number: Schema = { type: 'integer' };
const qualifiedName = '^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$';
const qualifiedKeys: Rule = {
  rule: `self.all(key, key.matches('${qualifiedName}'))`,
  messageExpression: `self.filter(key, !key.matches('${qualifiedName}'))[0] + ' is not allowed as a key; like team or example.com/team'`,
};
const texts: Schema = { type: 'array', items: text };

/** A CRD may leave `metadata` open; the API server knows ObjectMeta all the same. This is that knowledge. */
export const objectMeta: Schema = {
  type: 'object',
  properties: {
    name: {
      type: 'string',
      maxLength: 253,
      pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
      example: 'net-1 (a-z, 0-9 and -)',
    },
    generateName: text,
    namespace: { type: 'string', maxLength: 63, pattern: '^([a-z0-9]([-a-z0-9]*[a-z0-9])?)?$', example: 'team-a' },
    selfLink: text,
    uid: text,
    resourceVersion: text,
    generation: number,
    creationTimestamp: { type: 'string', nullable: true },
    deletionTimestamp: { type: 'string', nullable: true },
    deletionGracePeriodSeconds: number,
    labels: {
      type: 'object',
      'x-kubernetes-validations': [qualifiedKeys],
      additionalProperties: {
        type: 'string',
        maxLength: 63,
        pattern: '^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$',
        example: 'team-a (letters, digits, "-", "_" and ".")',
      },
    },
    annotations: { type: 'object', 'x-kubernetes-validations': [qualifiedKeys], additionalProperties: text },
    finalizers: texts,
    ownerReferences: {
      type: 'array',
      items: {
        type: 'object',
        required: ['apiVersion', 'kind', 'name', 'uid'],
        properties: {
          apiVersion: text,
          kind: text,
          name: text,
          uid: text,
          controller: { type: 'boolean' },
          blockOwnerDeletion: { type: 'boolean' },
        },
      },
    },
    managedFields: { type: 'array', items: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
  },
};
