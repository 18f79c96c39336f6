import type { AllowedOption } from '../options.ts';
import type { Kind, Settings } from './settings.ts';

const number = /^[0-9]{1,9}$/;

/** Options that change the traffic and nothing else. Both ends get them, since they must agree. */
const everywhere: readonly AllowedOption[] = [
  { name: 'force-link', value: /^(IB|Ethernet)$/ },
  { name: 'gid-index', short: 'x', value: number },
  { name: 'ib-port', short: 'i', value: number },
  { name: 'ipv6' },
  { name: 'mtu', short: 'm', value: /^(256|512|1024|2048|4096)$/ },
  { name: 'odp' },
  { name: 'pkey_index', value: number },
  { name: 'qp-timeout', short: 'u', value: number },
  { name: 'retry_count', value: number },
  { name: 'sl', short: 'S', value: number },
  { name: 'tclass', value: number },
  { name: 'use_hugepages' },
  { name: 'use_old_post_send' },
];

const ofBandwidth: readonly AllowedOption[] = [
  { name: 'cq-mod', short: 'Q', value: number },
  { name: 'disable_pcie_relaxed' },
  { name: 'mr_per_qp' },
  { name: 'perform_warm_up' },
  { name: 'tx-depth', short: 't', value: number },
];

const tos: AllowedOption = { name: 'tos', short: 'T', value: number };
const events: AllowedOption = { name: 'events', short: 'e' };
const outs: AllowedOption = { name: 'outs', short: 'o', value: number };
const inlineSize: AllowedOption = { name: 'inline_size', short: 'I', value: number };
const ofSend: readonly AllowedOption[] = [
  { name: 'inline_recv', value: number },
  { name: 'rx-depth', short: 'r', value: number },
  { name: 'use-srq' },
];

/** What may be added to a test: perftest refuses the others with these settings, or they would change what it reports. */
export function allowedOptions(kind: Kind, { mode, rdmaCM, duration }: Pick<Settings, 'mode' | 'rdmaCM' | 'duration'>): AllowedOption[] {
  return [
    ...everywhere,
    ...(kind === 'Bandwidth' ? ofBandwidth : []),
    ...(rdmaCM ? [tos] : []),
    ...(mode === 'write' || duration !== undefined ? [] : [events]),
    ...(mode === 'read' ? [outs] : [inlineSize]),
    ...(mode === 'send' ? ofSend : []),
  ];
}
