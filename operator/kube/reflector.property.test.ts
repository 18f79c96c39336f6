import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { Cache } from './cache.ts';
import { KubeClient } from './client.ts';
import { FakeClock } from './fake-clock.ts';
import { pods } from './object.ts';
import type { KubeObject } from './object.ts';
import { Reflector } from './reflector.ts';
import { listOf, pod, refusal, ScriptedTransport, Stream } from './scripted-transport.ts';
import type { WatchReply } from './transport.ts';

type Kind = 'ADDED' | 'MODIFIED' | 'DELETED';

/** A server of pods with a history, which it can forget. */
class Server extends ScriptedTransport {
  readonly objects = new Map<string, KubeObject>();
  #version = 100;
  #oldest = 100;
  #history: { version: number; document: object }[] = [];

  constructor() {
    super(() => listOf(this.#version, [...this.objects.values()]));
  }

  /** Makes, changes or deletes a pod, and tells all watches. */
  write(name: string, remove: boolean): KubeObject | undefined {
    const version = ++this.#version;
    const known = this.objects.get(name);
    if (remove && !known) return undefined;
    const object = pod(name, version, { uid: remove || known ? (known?.metadata.uid ?? '') : `uid-${version}` });
    if (remove) this.objects.delete(name);
    else this.objects.set(name, object);
    const type: Kind = remove ? 'DELETED' : known ? 'MODIFIED' : 'ADDED';
    this.#history.push({ version, document: { type, object } });
    this.streams.at(-1)?.push({ type, object });
    return object;
  }

  compact(): void {
    this.#oldest = this.#version;
    this.#history = [];
  }

  override async watch(request: Parameters<ScriptedTransport['watch']>[0], signal: AbortSignal): Promise<WatchReply> {
    const from = Number(request.query?.resourceVersion);
    if (from < this.#oldest) return { ...refusal(410, 'Expired'), events: new Stream() };
    const opened = await super.watch(request, signal);
    if (opened.status === 200) for (const { version, document } of this.#history) if (version > from) this.stream.push(document);
    return opened;
  }
}

const name = fc.constantFrom('a', 'b', 'c', 'd');
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('write' as const), name, remove: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('ownWrite' as const), name }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('lateWrite' as const), name }) },
  fc.record({ do: fc.constant('lateReplies' as const) }),
  fc.record({ do: fc.constant('cut' as const) }),
  fc.record({ do: fc.constant('end' as const) }),
  fc.record({ do: fc.constant('deafen' as const) }),
  fc.record({ do: fc.constant('compact' as const) }),
  fc.record({ do: fc.constant('repeat' as const) }),
  fc.record({ do: fc.constant('inBandError' as const), code: fc.constantFrom(410, 500) }),
  fc.record({ do: fc.constant('garbage' as const) }),
  fc.record({ do: fc.constant('refuse' as const), code: fc.constantFrom(410, 429, 500, 503) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 3000 }) }),
);

const state = (objects: Iterable<KubeObject>) =>
  Object.fromEntries([...objects].map(({ metadata }) => [metadata.name, metadata.resourceVersion]));

test('whatever happens on the way, the cache ends as the server is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const clock = new FakeClock(0);
      const server = new Server();
      const cache = new Cache();
      const reflector = new Reflector({ client: new KubeClient(server, { clock }), resource: pods, cache, clock });
      const seen = new Set<string>();
      const late: KubeObject[] = [];
      cache.onChange(({ type, object }) => {
        if (type === 'Deleted') seen.delete(object.metadata.name);
        else seen.add(object.metadata.name);
      });
      reflector.start();
      await clock.until(reflector.synced);
      await clock.advance(0);
      for (const one of steps) {
        const stream = server.streams.at(-1);
        if (one.do === 'write') server.write(one.name, one.remove);
        else if (one.do === 'ownWrite') cache.observe(server.write(one.name, false) ?? pod(one.name, 1));
        else if (one.do === 'lateWrite') late.push(server.write(one.name, false) ?? pod(one.name, 1));
        else if (one.do === 'lateReplies') for (const object of late.splice(0)) cache.observe(object);
        else if (one.do === 'cut') stream?.fail(new Error('reset'));
        else if (one.do === 'end') stream?.end();
        else if (one.do === 'deafen') server.streams.push(new Stream());
        else if (one.do === 'compact') server.compact();
        else if (one.do === 'repeat') stream?.push(...[...server.objects.values()].map((object) => ({ type: 'MODIFIED', object })));
        else if (one.do === 'inBandError') stream?.push({ type: 'ERROR', object: refusal(one.code, 'Broken').body });
        else if (one.do === 'garbage') stream?.push('<html>');
        else if (one.do === 'refuse') server.refusals.push(refusal(one.code, 'Refused'));
        else await clock.advance(one.ms);
      }
      // Long enough for the longest back-off and for a silent connection to be noticed.
      await clock.advance(400_000);
      for (const object of late) cache.observe(object);
      await reflector.stop();
      expect(state(cache.list())).toEqual(state(server.objects.values()));
      expect([...seen].toSorted()).toEqual([...server.objects.keys()].toSorted());
      expect(clock.pending).toBe(0);
    }),
    { numRuns: 100 },
  );
}, 30_000);
