import type { KubeClient } from '../kube/client.ts';
import { ApiError } from '../kube/errors.ts';
import type { KubeObject, Resource } from '../kube/object.ts';

type Verb = 'get' | 'list' | 'create' | 'patch' | 'replace' | 'replaceStatus';

/** For tests of one pass: remembers what was asked, keeps what was written, and fails where a case wants it to. */
export class StubClient {
  /** `create benchmarks net-0-0` */
  readonly asked: string[] = [];
  readonly objects = new Map<string, KubeObject>();
  /** Errors by what is asked; each is thrown once. */
  readonly failures = new Map<string, Error>();
  #version = 100;

  /** As the reconciler takes it. */
  get client(): Pick<KubeClient, Verb> {
    const stub = {
      get: (resource: Resource, { name }: { name: string }) =>
        this.#answer('get', keyOf(resource, name), () => this.#found(resource, name)),
      list: ({ plural }: Resource) =>
        this.#answer('list', plural, () => ({
          items: [...this.objects].flatMap(([key, object]) => (key.startsWith(`${plural} `) ? [object] : [])),
          metadata: { resourceVersion: String(this.#version) },
        })),
      create: (resource: Resource, object: KubeObject) =>
        this.#answer('create', keyOf(resource, object.metadata.name), () => {
          if (this.objects.has(keyOf(resource, object.metadata.name))) throw new ApiError(409, 'AlreadyExists', 'exists');
          return this.put(resource, object);
        }),
      patch: (resource: Resource, { name }: { name: string }, body: { spec: object }) =>
        this.#answer('patch', keyOf(resource, name), () => {
          const found: KubeObject & { spec?: object } = this.#found(resource, name);
          const patched: KubeObject & { spec: object } = { ...found, spec: { ...found.spec, ...body.spec } };
          return this.put(resource, patched);
        }),
      replace: (resource: Resource, object: KubeObject) =>
        this.#answer('replace', keyOf(resource, object.metadata.name), () => this.put(resource, object)),
      replaceStatus: (resource: Resource, object: KubeObject) =>
        this.#answer('replaceStatus', keyOf(resource, object.metadata.name), () => this.put(resource, object)),
    };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return stub as unknown as Pick<KubeClient, Verb>;
  }

  /** Puts an object there as the server would, with a newer version. */
  put<T extends KubeObject>(resource: Resource, object: T): T {
    const { name, uid = `uid-of-${name}` } = object.metadata;
    const stored = { ...object, metadata: { ...object.metadata, uid, resourceVersion: String(++this.#version) } };
    this.objects.set(keyOf(resource, name), stored);
    return stored;
  }

  async #answer<T>(verb: Verb, what: string, work: () => T): Promise<T> {
    const request = `${verb} ${what}`;
    this.asked.push(request);
    const failure = this.failures.get(request);
    this.failures.delete(request);
    if (failure) throw failure;
    return await Promise.resolve(work());
  }

  #found(resource: Resource, name: string): KubeObject {
    const object = this.objects.get(keyOf(resource, name));
    if (!object) throw new ApiError(404, 'NotFound', `${name} not found`);
    return object;
  }
}

function keyOf({ plural }: Resource, name: string): string {
  return `${plural} ${name}`;
}
