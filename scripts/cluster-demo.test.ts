import { copyFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Checkout, type Ended } from './testing/checkout.ts';

const root = dirname(import.meta.dirname);
const scripts = ['scripts/setup.js', 'test/cluster/images/load.ts', 'test/cluster/main.ts'];

/** Notes its words; fails when they hold those in FAIL. */
const step = `
import { appendFileSync } from 'node:fs';
import { basename } from 'node:path';
const words = [basename(process.argv[1]), ...process.argv.slice(2)].join(' ').replace(process.execPath, 'node');
appendFileSync('calls', '.: ' + words + '\\n');
process.exitCode = process.env.FAIL && words.includes(process.env.FAIL) ? 3 : 0;
`;

function demo(made: Checkout, env: Record<string, string> = {}): Ended {
  for (const script of scripts) made.write(script, step);
  made.write(
    'cli/go.ts',
    `import { clusterDemo } from './cluster-demo.ts';\nprocess.exitCode = clusterDemo('examples/quickstart.yaml', 'out');\n`,
  );
  copyFileSync(join(root, 'cli/cluster-demo.ts'), join(made.root, 'cli/cluster-demo.ts'));
  return made.node([join(made.root, 'cli/go.ts')], env);
}

const steps = [
  '.: setup.js cluster',
  '.: load.ts',
  '.: main.ts up',
  '.: main.ts run node test/e2e/deploy.ts',
  '.: main.ts run node cli/assay.js run examples/quickstart.yaml --out out',
];

test('the demo on a cluster brings all up, runs the example there, and says how to take it down', () => {
  using made = new Checkout();
  const { code, stdout } = demo(made);
  expect([code, made.calls()]).toEqual([0, steps]);
  expect(stdout).toContain('npm run cluster -- down');
});

test.each([
  ['setup.js', 1],
  ['load.ts', 2],
  ['main.ts up', 3],
  ['deploy.ts', 4],
])('it ends with the step that fails, and with its exit code: %s', (failing, done) => {
  using made = new Checkout();
  const { code } = demo(made, { FAIL: failing });
  expect([code, made.calls()]).toEqual([3, steps.slice(0, done)]);
});

test('what it starts is there', () => {
  expect(
    [...scripts, 'test/e2e/deploy.ts', 'cli/assay.js', 'examples/quickstart.yaml'].filter((path) => !existsSync(join(root, path))),
  ).toEqual([]);
});
