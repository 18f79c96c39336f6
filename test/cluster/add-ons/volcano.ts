import { argumentList } from '../argument-list.ts';
import type { AddOn } from './add-on.ts';

/** Volcano with the scheduler's own settings. Its webhooks are left out, so that a job must say everything itself. */
export const volcano: AddOn = {
  programs: ['vc-controller-manager', 'vc-scheduler'],
  source: { module: 'volcano.sh/volcano', by: 'volcano' },
  definitions: ['config/crd/volcano/bases', 'config/crd/jobflow/bases'],
  services({ kubeconfig, folder }) {
    const args = argumentList({ kubeconfig, 'leader-elect': 'false' });
    return [
      { program: 'vc-controller-manager', args },
      // It opens a socket, and would do so in the machine's /tmp.
      { program: 'vc-scheduler', args, environment: { DEBUG_SOCKET_DIR: folder } },
    ];
  },
  // The scheduler makes the queue, the controller opens it.
  probe: { words: ['wait', 'queue/default', '--for=jsonpath={.status.state}=Open', '--timeout=1s'] },
};
