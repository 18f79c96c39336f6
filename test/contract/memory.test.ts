import { MemoryApi } from '../../local/api/memory-api.ts';
import type { Subject } from './api.ts';
import { contractSuite, installFixture } from './suite.ts';

// A server for each case, so that one may forget its history under nobody else's feet.
async function memory(): Promise<Subject> {
  const transport = new MemoryApi();
  await installFixture(transport);
  return {
    transport,
    forgetHistory: () => {
      transport.compact();
    },
  };
}

contractSuite(memory);
