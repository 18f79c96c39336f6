import type { AllowedOption } from '../options.ts';

const number = /^[0-9]{1,9}$/;
const rate = /^[0-9]{1,9}[KMG]?$/;
const word = /^[a-z][a-z0-9_-]{0,31}$/;

/** Options of iperf3's client that change the traffic and nothing else. */
const iperf3: readonly AllowedOption[] = [
  { name: 'affinity', short: 'A', value: /^[0-9]{1,4}(,[0-9]{1,4})?$/ },
  { name: 'congestion', short: 'C', value: word },
  { name: 'cport', value: number },
  { name: 'dont-fragment' },
  { name: 'dscp', value: /^[a-z0-9]{1,8}$/ },
  { name: 'flowlabel', short: 'L', value: number },
  { name: 'fq-rate', value: rate },
  { name: 'no-delay', short: 'N' },
  { name: 'pacing-timer', value: rate },
  { name: 'rcv-timeout', value: number },
  { name: 'repeating-payload' },
  { name: 'set-mss', short: 'M', value: number },
  { name: 'snd-timeout', value: number },
  { name: 'tos', short: 'S', value: /^[0-9a-fx]{1,6}$/ },
  { name: 'udp-counters-64bit' },
  { name: 'zerocopy', short: 'Z' },
];

/** The same for iperf 2. */
const iperf2: readonly AllowedOption[] = [
  { name: 'fq-rate', value: rate },
  { name: 'mss', short: 'M', value: number },
  { name: 'no-connect-sync' },
  { name: 'nodelay', short: 'N' },
  { name: 'tcp-congestion', short: 'Z', value: word },
  { name: 'tcp-quickack' },
  { name: 'tcp-write-prefetch', value: number },
  { name: 'tos', short: 'S', value: /^[0-9a-fx]{1,6}$/ },
  { name: 'ttl', short: 'T', value: number },
];

export function allowedOptions(version: 2 | 3): readonly AllowedOption[] {
  return version === 3 ? iperf3 : iperf2;
}
