import { describe, expect, test } from '@jest/globals';
import type { SecurityContext } from '../api/types.ts';
import { containerSecurity, podSecurity } from './security.ts';

const restricted: SecurityContext = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } };

test.each<[string, SecurityContext, SecurityContext]>([
  ['nothing asked for', {}, restricted],
  ['another user', { runAsUser: 1000 }, { ...restricted, runAsUser: 1000 }],
  ['root, which the pod forbids as a whole', { runAsUser: 0 }, { ...restricted, runAsUser: 0, runAsNonRoot: false }],
  ['a writable root', { readOnlyRootFilesystem: false }, { ...restricted, readOnlyRootFilesystem: false }],
  [
    'a capability comes on top of dropping all',
    { capabilities: { add: ['IPC_LOCK'] } },
    { ...restricted, capabilities: { drop: ['ALL'], add: ['IPC_LOCK'] } },
  ],
  ['fewer drops than all are not taken up', { capabilities: { drop: ['CHOWN'] } }, restricted],
  ['escalation alone, where asked for', { allowPrivilegeEscalation: true }, { ...restricted, allowPrivilegeEscalation: true }],
  [
    'another capability needs none',
    { capabilities: { add: ['NET_ADMIN'] } },
    { ...restricted, capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] } },
  ],
  ['an empty list of capabilities', { capabilities: { add: [] } }, restricted],
  ['another seccomp profile', { seccompProfile: { type: 'Unconfined' } }, { ...restricted, seccompProfile: { type: 'Unconfined' } }],
  ['privileged needs escalation', { privileged: true }, { ...restricted, privileged: true, allowPrivilegeEscalation: true }],
  [
    'SYS_ADMIN needs escalation',
    { capabilities: { add: ['SYS_ADMIN'] } },
    { ...restricted, allowPrivilegeEscalation: true, capabilities: { drop: ['ALL'], add: ['SYS_ADMIN'] } },
  ],
])('%s', (_, own, expected) => {
  expect(containerSecurity(own)).toEqual(expected);
});

describe('a capability that the workload needs', () => {
  test.each<[string, SecurityContext, string[]]>([
    ['is added', {}, ['IPC_LOCK']],
    ['comes after those of the user', { capabilities: { add: ['NET_RAW'] } }, ['NET_RAW', 'IPC_LOCK']],
    ['is not added twice', { capabilities: { add: ['IPC_LOCK'] } }, ['IPC_LOCK']],
  ])('%s, and everything else stays dropped', (_, own, add) => {
    expect(containerSecurity(own, ['IPC_LOCK'])).toEqual({ ...restricted, capabilities: { drop: ['ALL'], add } });
  });
});

test('without any wish it is the restricted one', () => {
  expect(containerSecurity()).toEqual(restricted);
});

test('a pod runs as a numeric user that is not root, under the default seccomp profile', () => {
  expect(podSecurity).toMatchObject({ runAsNonRoot: true, runAsUser: 65_532, seccompProfile: { type: 'RuntimeDefault' } });
});
