import type { MetricDefinition } from '../../measure/metric.ts';

const forward: readonly MetricDefinition[] = [
  { name: 'bandwidth', unit: 'bit/s', better: 'Higher', description: 'What the receiver got, headers not counted, over all streams.' },
  { name: 'sentBandwidth', unit: 'bit/s', better: 'None', description: 'What the sender handed to its kernel.' },
  { name: 'transferred', unit: 'B', better: 'None', description: 'Bytes that the receiver got.' },
  { name: 'retransmits', unit: 'count', better: 'Lower', description: 'TCP segments sent again.' },
  { name: 'jitter', unit: 's', better: 'Lower', description: 'UDP: smoothed variation of the transit time (RFC 1889), mean over streams.' },
  { name: 'loss', unit: 'ratio', better: 'Lower', description: 'UDP: share of datagrams that did not arrive.' },
];

const backward = forward.map(({ name, description, ...rest }) => ({
  ...rest,
  name: reverseName(name),
  description: `${description.replace(/\.$/, '')}; with \`bidirectional\`, on the way from server to client.`,
}));

export const metrics: readonly MetricDefinition[] = [
  ...forward,
  ...backward,
  {
    name: 'clientCPU',
    unit: 'ratio',
    better: 'None',
    description: "CPU time of the client's process per second; 1 is one core. iperf 3 only.",
  },
  {
    name: 'serverCPU',
    unit: 'ratio',
    better: 'None',
    description: "CPU time of the server's process per second; 1 is one core. iperf 3 only.",
  },
];

/** The name of a metric for the way back of a bidirectional run: bandwidth -> reverseBandwidth. */
export function reverseName(name: string): string {
  return `reverse${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** What one direction of a run gave, under the names of the way there; undefined where the tool does not say. */
export interface Flow {
  bandwidth?: number | undefined;
  sentBandwidth?: number | undefined;
  transferred?: number | undefined;
  retransmits?: number | undefined;
  jitter?: number | undefined;
  loss?: number | undefined;
}

/** The same values under the names of the way back. */
export function reversed(flow: Flow): Record<string, number | undefined> {
  return Object.fromEntries(Object.entries(flow).map(([name, value]) => [reverseName(name), value]));
}
