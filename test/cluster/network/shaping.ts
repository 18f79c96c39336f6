/** Where the two ends of a cable are. */
export interface LinkEnds {
  readonly controlPlane: string;
  readonly bridgePort: string;
  readonly node: string;
}

/** Commands that pull or plug a node's cable: at the bridge, so that the node's routes stay. */
export function linkCommands({ controlPlane, bridgePort }: LinkEnds, state: 'up' | 'down'): string[][] {
  return [['ip', '-n', controlPlane, 'link', 'set', bridgePort, state]];
}

/** Commands that limit both directions of a cable. @param bitsPerSecond at least 8000 */
export function limitCommands(ends: LinkEnds, bitsPerSecond: number): string[][] {
  if (!(Number.isInteger(bitsPerSecond) && bitsPerSecond >= 8000)) {
    throw new Error(`a link cannot be limited to ${bitsPerSecond} bit/s: it must be a whole number of at least 8000`);
  }
  // A bucket must hold what arrives between two ticks of the kernel's clock, and never less than a few whole packets.
  const bucketBytes = Math.max(16 * 1024, Math.ceil((bitsPerSecond / 8) * 0.002));
  const filter = `root tbf rate ${bitsPerSecond}bit burst ${bucketBytes} latency 50ms`;
  return queues(ends, filter);
}

/** Commands that take the limit away. */
export function unlimitCommands(ends: LinkEnds): string[][] {
  return queues(ends, 'root noqueue');
}

function queues({ controlPlane, bridgePort, node }: LinkEnds, queue: string): string[][] {
  return [
    ['tc', '-n', controlPlane, 'qdisc', 'replace', 'dev', bridgePort, ...queue.split(' ')],
    ['tc', '-n', node, 'qdisc', 'replace', 'dev', 'eth0', ...queue.split(' ')],
  ];
}
