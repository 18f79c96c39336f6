import type { ApiRequest } from '../../operator/kube/transport.ts';
import { mergePatch } from './merge-patch.ts';
import type { ApiObject } from './object.ts';
import { StatusError } from './status.ts';

/** The object that a PATCH request asks for, to be taken as an update. @throws StatusError 415 for a kind of patch that is not served */
export function patched(old: ApiObject, { contentType, body }: ApiRequest): unknown {
  if (contentType === 'application/merge-patch+json') return mergePatch(old, body);
  throw new StatusError(
    415,
    'UnsupportedMediaType',
    'the body of the request was in an unknown format - accepted media types include: application/merge-patch+json, application/apply-patch+yaml',
  );
}
