import type { Resource } from '../../operator/kube/object.ts';
import type { ListSchema } from './field-set.ts';
import type { ApiObject } from './object.ts';
import type { StatusCause } from './status.ts';

/** What the schema of a custom resource does to an object; operator/api's CrdSchema has this shape. */
export interface ObjectSchema {
  applyDefaults(object: object): void;
  /** Removes what the schema does not name. @returns the paths removed */
  prune(object: object): string[];
  /** Schema and CEL rules; `old` makes it an update, for transition rules. */
  validate(object: object, old?: object): { path: string; message: string; value?: unknown }[];
}

/** How one kind is served. Built-in kinds are listed in builtin.ts, custom ones come from their definition. */
export interface Kind {
  resource: Resource;
  namespaced: boolean;
  /** Has a status subresource: the main path ignores status, `/status` ignores the rest. */
  statusSubresource: boolean;
  /** metadata.generation counts changes of everything but metadata (and status, with the subresource). */
  counted: boolean;
  /** A PUT without resourceVersion overwrites; else it is refused. */
  unconditionalUpdate: boolean;
  /** Defined by a CustomResourceDefinition: bodies must name their kind, and the items of lists do. */
  custom: boolean;
  /** Longest name, 253 when not said. */
  nameLimit?: number;
  schema?: ObjectSchema;
  /** Which lists merge by key in server-side apply. */
  lists: ListSchema;
  /** Fields that fieldSelector knows besides metadata.name and metadata.namespace. */
  selectable?: Record<string, (object: ApiObject) => string>;
  /** Fills in what the server fills in: defaults, and the first status. */
  prepare?(object: ApiObject): void;
  /** Why a body cannot even be read as this kind. */
  unreadable?(object: ApiObject): string | undefined;
  /** Rules of a built-in kind. */
  validate?(object: ApiObject, old?: ApiObject): StatusCause[];
  /** Seconds that a deletion waits for somebody to confirm it (0: gone at once). */
  gracePeriod?(object: ApiObject, asked: number | undefined): number;
  /** Something besides metadata.finalizers keeps a deleted object. */
  held?(object: ApiObject): boolean;
}
