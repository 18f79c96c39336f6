import type { SecurityContext } from '../api/types.ts';

/** Numeric, because a kubelet can prove runAsNonRoot for no name. */
const user = 65_532;

/** The pod security standard "restricted"; fsGroup makes claims writable without root. */
export const podSecurity = {
  runAsNonRoot: true,
  runAsUser: user,
  runAsGroup: user,
  fsGroup: user,
  fsGroupChangePolicy: 'OnRootMismatch',
  seccompProfile: { type: 'RuntimeDefault' },
} as const;

/**
 * The container's security context: the restricted one with the user's laid over it. All capabilities are dropped whatever else
 * is asked for; those that the user adds and the workload needs come on top.
 */
export function containerSecurity({ capabilities, ...own }: SecurityContext = {}, needed: readonly string[] = []): SecurityContext {
  const add = [...new Set([...(capabilities?.add ?? []), ...needed])];
  // The API server refuses these together with allowPrivilegeEscalation: false.
  const needsEscalation = own.privileged === true || add.includes('SYS_ADMIN');
  return {
    allowPrivilegeEscalation: needsEscalation,
    readOnlyRootFilesystem: true,
    ...(own.runAsUser === 0 ? { runAsNonRoot: false } : {}),
    ...own,
    capabilities: { drop: ['ALL'], ...(add.length > 0 ? { add } : {}) },
  };
}
