/** One HTTP request to the API server, as data. `path` is absolute (`/api/v1/namespaces/x/pods`), the body is JSON. */
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  contentType?: string;
}

/** Headers have lower-case names. `body` is parsed JSON, or text where the server says it is text (pod logs). */
export interface ApiReply {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/** An opened watch: `events` yields one parsed document a line, ends when the server ends, throws when the connection breaks. */
export interface WatchReply extends ApiReply {
  events: AsyncIterable<unknown>;
}

/**
 * The way to an API server: HTTPS in a cluster, the in-memory API in local mode, either behind injected faults in tests.
 * Any status is a reply; only a request that got none (reset, time-out, abort) throws.
 */
export interface Transport {
  send(request: ApiRequest, signal?: AbortSignal): Promise<ApiReply>;
  /** With a status other than 200 `events` is empty and `body` holds the Status. */
  watch(request: ApiRequest, signal: AbortSignal): Promise<WatchReply>;
  close(): Promise<void>;
}
