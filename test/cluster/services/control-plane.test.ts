import { expect, test } from '@jest/globals';
import { allControllersFlags, apiServerHosts, nodeApiServerFlags, nodeSchedulerFlags } from './control-plane.ts';

const pair = (name: string) => ({ certificate: `/pki/${name}.crt`, key: `/pki/${name}.key` });
const paths = {
  certificateAuthority: '/pki/ca.crt',
  certificateAuthorityKey: '/pki/ca.key',
  serving: pair('serving'),
  serviceAccounts: { publicKey: '/pki/sa.pub', key: '/pki/sa.key' },
  kubeletClient: pair('kubelet-client'),
  frontProxy: pair('front-proxy'),
};

test.each([
  // Who may do what is decided as in production.
  '--authorization-mode=Node,RBAC',
  '--enable-admission-plugins=NodeRestriction',
  '--service-cluster-ip-range=10.96.0.0/16,fd00:96::/108',
  '--advertise-address=10.200.0.1',
  '--secure-port=6443',
  '--enable-aggregator-routing=true',
  '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
  '--kubelet-client-certificate=/pki/kubelet-client.crt',
  '--requestheader-allowed-names=front-proxy-client',
])('the API server has %s', (flag) => {
  expect(nodeApiServerFlags(paths)).toContain(flag);
});

test('no admission is off', () => {
  expect(nodeApiServerFlags(paths).join(' ')).not.toContain('disable-admission');
});

test('the API server answers to the names that pods and people use', () => {
  expect(apiServerHosts).toEqual(expect.arrayContaining(['10.96.0.1', '10.200.0.1', 'kubernetes.default.svc', 'localhost']));
});

test('every controller runs, each with its own account', () => {
  expect(allControllersFlags('/pki/kcm.kubeconfig', paths)).toEqual(
    expect.arrayContaining([
      '--controllers=*',
      '--use-service-account-credentials=true',
      '--service-account-private-key-file=/pki/sa.key',
      '--cluster-signing-key-file=/pki/ca.key',
      '--kubeconfig=/pki/kcm.kubeconfig',
    ]),
  );
});

test('a scheduler asks the API server who may ask it', () => {
  expect(nodeSchedulerFlags('/k')).toEqual(
    expect.arrayContaining(['--kubeconfig=/k', '--authentication-kubeconfig=/k', '--authorization-kubeconfig=/k']),
  );
});
