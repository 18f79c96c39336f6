import { stringify } from 'yaml';
import { argumentList } from '../argument-list.ts';
import { controlPlaneAddresses } from '../layout.ts';
import type { AddOn } from './add-on.ts';

const port = 9443;
const podsOfJobSets = { objectSelector: { matchExpressions: [{ key: 'jobset.sigs.k8s.io/jobset-name', operator: 'Exists' }] } };

export const jobset: AddOn = {
  programs: ['jobset'],
  source: { module: 'sigs.k8s.io/jobset', by: 'jobset' },
  definitions: ['config/components/crd/bases'],
  webhooks: {
    manifests: 'config/components/webhook/manifests.yaml',
    port,
    narrowed: { 'mpod.kb.io': podsOfJobSets, 'vpod.kb.io': podsOfJobSets },
  },
  files: ({ folder }) => ({
    'config.yaml': stringify({
      apiVersion: 'config.jobset.x-k8s.io/v1alpha1',
      kind: 'Configuration',
      leaderElection: { leaderElect: false },
      internalCertManagement: { enable: false },
      webhook: { host: controlPlaneAddresses.IPv4, port, certDir: folder },
      metrics: { bindAddress: '0' },
      health: { healthProbeBindAddress: '127.0.0.1:8094' },
    }),
  }),
  services: ({ folder, kubeconfig }) => [{ program: 'jobset', args: argumentList({ kubeconfig, config: `${folder}/config.yaml` }) }],
  // Admission is asked on a dry run, too.
  probe: {
    words: ['create', '--dry-run=server', '--filename=-'],
    input: {
      apiVersion: 'jobset.x-k8s.io/v1alpha2',
      kind: 'JobSet',
      metadata: { name: 'probe', namespace: 'default' },
      spec: {
        replicatedJobs: [
          {
            name: 'probe',
            template: { spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'probe', image: 'probe' }] } } } },
          },
        ],
      },
    },
  },
};
