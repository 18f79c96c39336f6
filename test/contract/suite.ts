import { describe, test } from '@jest/globals';
import { customResourceDefinitions } from '../../operator/kube/object.ts';
import { collectionPath } from '../../operator/kube/paths.ts';
import type { Transport } from '../../operator/kube/transport.ts';
import { Api, eventually } from './api.ts';
import type { Case, Subject } from './api.ts';
import { benchmarkCases } from './cases/benchmarks.ts';
import { customCases } from './cases/custom.ts';
import { deletionCases } from './cases/deletion.ts';
import { listCases } from './cases/lists.ts';
import { patchCases } from './cases/patches.ts';
import { podCases } from './cases/pods.ts';
import { watchCases } from './cases/watches.ts';
import { writeCases } from './cases/writes.ts';
import { definitions, projectDefinitions } from './fixture.ts';

const topics: Record<string, Case[]> = {
  benchmarks: benchmarkCases,
  writes: writeCases,
  'custom resources': customCases,
  patches: patchCases,
  deletion: deletionCases,
  pods: podCases,
  lists: listCases,
  watches: watchCases,
};

/** Runs the whole contract against a server, each case in a namespace of its own, all at once. */
export function contractSuite(subject: () => Promise<Subject>): void {
  for (const [topic, cases] of Object.entries(topics)) {
    describe(topic, () => {
      const numbered = cases.map((one, index) => ({ name: one.name, one, namespace: `${topic.replaceAll(' ', '-')}-${index}` }));
      test.concurrent.each(numbered)(
        '$name',
        async ({ one, namespace }) => {
          const api = new Api(await subject(), namespace);
          await api.send('POST', '/api/v1/namespaces', { body: { metadata: { name: namespace } } });
          await one.run(api);
        },
        120_000,
      );
    });
  }
}

/** Makes a server serve the kinds of the fixture, and waits until it does. */
export async function installFixture(transport: Transport): Promise<void> {
  const api = new Api({ transport, forgetHistory: () => undefined }, 'default');
  for (const definition of [...definitions, ...projectDefinitions()]) {
    await api.send('POST', collectionPath(customResourceDefinitions), { body: definition });
    const { group, names, versions } = definition.spec;
    await eventually(
      () => api.send('GET', `/apis/${group}/${versions[0]?.name}/${names.plural}`),
      ({ status }) => status === 200,
    );
  }
}
