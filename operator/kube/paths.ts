import type { Resource } from './object.ts';

/** Which object of a kind; `namespace` is absent for cluster-wide kinds. */
export interface ObjectRef {
  namespace?: string;
  name: string;
}

/** `apiVersion` of a kind's objects, e.g. `v1` or `assay.dev/v1alpha1`. */
export function apiVersionOf(resource: Resource): string {
  return resource.group ? `${resource.group}/${resource.version}` : resource.version;
}

/** Path of a kind's objects, of one namespace or of all. */
export function collectionPath(resource: Resource, namespace?: string): string {
  const root = resource.group ? `/apis/${segment(resource.group)}` : '/api';
  const scope = namespace === undefined ? '' : `/namespaces/${segment(namespace)}`;
  return `${root}/${segment(resource.version)}${scope}/${segment(resource.plural)}`;
}

/** Path of one object, or of its `subresource` (`status`, `log`). */
export function objectPath(resource: Resource, ref: ObjectRef, subresource?: string): string {
  const path = `${collectionPath(resource, ref.namespace)}/${segment(ref.name)}`;
  return subresource === undefined ? path : `${path}/${segment(subresource)}`;
}

// An empty name would turn the deletion of one object into that of all; dots would climb to another path.
function segment(text: string): string {
  if (text === '' || text === '.' || text === '..' || /[/%\\]/.test(text)) {
    throw new Error(`"${text}" is not allowed as a name in a request path; it must not be empty, "." or "..", nor hold "/", "\\" or "%"`);
  }
  return encodeURIComponent(text);
}
