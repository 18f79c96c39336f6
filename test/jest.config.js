import { dirname } from 'node:path';

const root = dirname(import.meta.dirname);

const common = {
  rootDir: root,
  testEnvironment: 'node',
  transform: {},
  extensionsToTreatAsEsm: ['.ts'],
  injectGlobals: false,
  modulePathIgnorePatterns: ['<rootDir>/node_modules', '<rootDir>/out'],
};

// Suites that have clusters beside that of e2e, which has all others: grouped so that three clusters at once are busy to the end.
const workloads = '{examples,mpi,openfoam,path-mtu,rdma,results,storage}';
const robustness = 'robustness-{cluster,cluster-faults,leader,network,node}';

/** One project a level, of the clusters one a cluster; scripts/test.ts runs them in order. */
export default {
  rootDir: root,
  // No test measures time by it: on a busy machine a process alone may take seconds to start.
  testTimeout: 20_000,
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/{cli,local,measure,operator,runners,scripts}/**/*.test.ts',
        '<rootDir>/test/{cluster,performance,sets}/**/*.test.ts',
      ],
    },
    { ...common, displayName: 'contract', testMatch: ['<rootDir>/test/contract/**/*.test.ts'] },
    { ...common, displayName: 'integration', testMatch: ['<rootDir>/test/integration/**/*.test.ts'] },
    {
      ...common,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/e2e/*.test.ts', `!**/{${workloads},${robustness},addons-*,backends*}.test.ts`],
    },
    { ...common, displayName: 'workloads', testMatch: [`<rootDir>/test/e2e/${workloads}.test.ts`] },
    { ...common, displayName: 'robustness', testMatch: [`<rootDir>/test/e2e/${robustness}.test.ts`] },
    { ...common, displayName: 'backends', testMatch: ['<rootDir>/test/e2e/backends*.test.ts'] },
    { ...common, displayName: 'addons', testMatch: ['<rootDir>/test/e2e/addons-*.test.ts'] },
  ],
};
