import type { AllowedOption } from '../options.ts';
import type { MpiPingPongParameters } from './parameters.ts';

const number = /^[0-9]{1,7}$/;

/** Options that change the traffic and nothing else, by the one name that the tool has for them. */
const allowed: Readonly<Record<MpiPingPongParameters['tool'], readonly AllowedOption[]>> = {
  IMB: [
    { name: 'iter', short: 'iter', value: number },
    { name: 'iter_policy', short: 'iter_policy', value: /^(off|dynamic|multiple_np|auto)$/ },
    { name: 'time', short: 'time', value: /^[0-9]{1,4}(\.[0-9]{1,3})?$/ },
    { name: 'mem', short: 'mem', value: /^[0-9]{1,3}(\.[0-9]{1,3})?$/ },
    { name: 'off_cache', short: 'off_cache', value: /^-?[0-9]{1,4}(\.[0-9]{1,3})?(,[0-9]{1,5})?$/ },
    { name: 'root_shift', short: 'root_shift', value: /^(on|off)$/ },
    { name: 'sync', short: 'sync', value: /^(on|off)$/ },
    { name: 'imb_barrier', short: 'imb_barrier', value: /^(on|off)$/ },
  ],
  NetPIPE: [
    { name: 'n', short: 'n', value: number },
    { name: 'a', short: 'a' },
    { name: 'B', short: 'B' },
    { name: 'I', short: 'I' },
    { name: 'S', short: 'S' },
    { name: 'z', short: 'z' },
  ],
};

export function allowedOptions({ tool }: Pick<MpiPingPongParameters, 'tool'>): readonly AllowedOption[] {
  return allowed[tool];
}
