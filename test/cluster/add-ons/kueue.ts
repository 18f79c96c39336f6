import { stringify } from 'yaml';
import { argumentList } from '../argument-list.ts';
import { controlPlaneAddresses } from '../layout.ts';
import type { AddOn } from './add-on.ts';

const port = 9444;
const systemNamespaces = ['kube-system', 'kueue-system'];
const podsOfUsers = {
  namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: systemNamespaces }] },
};

/** Kueue, which admits Jobs, JobSets and pods that name one of its queues. */
export const kueue: AddOn = {
  programs: ['kueue'],
  source: { module: 'sigs.k8s.io/kueue', by: 'kueue' },
  definitions: ['config/components/crd/bases'],
  webhooks: {
    manifests: 'config/components/webhook/manifests.yaml',
    port,
    narrowed: {
      'mpod.kb.io': podsOfUsers,
      'vpod.kb.io': podsOfUsers,
      'mdeployment.kb.io': podsOfUsers,
      'vdeployment.kb.io': podsOfUsers,
    },
  },
  files: ({ folder }) => ({
    'config.yaml': stringify({
      apiVersion: 'config.kueue.x-k8s.io/v1beta1',
      kind: 'Configuration',
      namespace: 'kueue-system',
      leaderElection: { leaderElect: false },
      internalCertManagement: { enable: false },
      webhook: { host: controlPlaneAddresses.IPv4, port, certDir: folder },
      metrics: { bindAddress: '0' },
      health: { healthProbeBindAddress: '127.0.0.1:8095' },
      // Neither other clusters nor an API of its own.
      featureGates: { MultiKueue: false, VisibilityOnDemand: false },
      integrations: { frameworks: ['batch/job', 'jobset.x-k8s.io/jobset', 'pod'], podOptions: podsOfUsers },
    }),
  }),
  services: ({ folder, kubeconfig }) => [{ program: 'kueue', args: argumentList({ kubeconfig, config: `${folder}/config.yaml` }) }],
  objects: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kueue-system' } }],
  probe: {
    words: ['create', '--dry-run=server', '--filename=-'],
    input: { apiVersion: 'kueue.x-k8s.io/v1beta1', kind: 'ResourceFlavor', metadata: { name: 'probe' } },
  },
};
