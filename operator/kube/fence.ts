import type { Transport } from './transport.ts';

/**
 * Lets writes pass only while `mayWrite`. A process that was stopped for longer than its lease first takes in what came meanwhile,
 * before any timer tells it that it leads no more: what it decides then must not reach the server.
 */
export function fenced(transport: Transport, mayWrite: () => boolean): Transport {
  return {
    send: async (request, signal) => {
      if (request.method !== 'GET' && !mayWrite()) throw new Error('not sent: another process may hold the lease by now');
      return await transport.send(request, signal);
    },
    watch: (request, signal) => transport.watch(request, signal),
    close: () => transport.close(),
  };
}
