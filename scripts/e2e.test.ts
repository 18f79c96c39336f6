import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Checkout, type Ended } from './testing/checkout.ts';

const [up, down] = ['up --audit', 'down'].map((action) =>
  ['e2e', 'robustness'].map((project) => `.: main.ts --name assay-${project} ${action}`),
) as [string[], string[]];

/** The tests of both projects; they run at once, in any order. */
function ran(reports: string | undefined, words = ''): string[] {
  return ['e2e', 'robustness'].map((project) => {
    const jest = `--experimental-vm-modules --no-warnings node_modules/jest/bin/jest.js --config test/jest.config.js --selectProjects ${project} --runInBand`;
    const report = reports === undefined ? '' : ` --json --outputFile ${join(reports, `${project}.json`)}`;
    return `.: main.ts --name assay-${project} run ${process.execPath} ${jest}${report}${words}`;
  });
}

/** A step that notes its words, and fails when they hold the one in FAIL. */
const step = `
import { appendFileSync } from 'node:fs';
import { basename } from 'node:path';
const words = process.argv.slice(2);
appendFileSync('calls', process.cwd() + ': ' + [basename(process.argv[1]), ...words].join(' ') + '\\n');
if (words.includes('run') && process.env.SIGNAL) {
  process.on(process.env.SIGNAL, () => process.exit(0));
  process.kill(process.ppid, process.env.SIGNAL);
  await new Promise((resolve) => setTimeout(resolve, 10_000));
}
process.exitCode = process.env.FAIL && (basename(process.argv[1]) + words.join(' ')).includes(process.env.FAIL) ? 3 : 0;
`;

/** A checkout whose cluster is made of notes. @param looks what the machine shows before and after */
function checkout(...looks: string[][]): Checkout {
  const made = new Checkout('e2e.ts');
  made.write('test/cluster/main.ts', step);
  made.write('test/cluster/images/load.ts', step);
  made.write('scripts/traces.ts', `const looks = ${JSON.stringify(looks)};\nexport const traces = () => looks.shift() ?? [];\n`);
  return made;
}

function e2e(made: Checkout, env: Record<string, string> = {}, ...words: string[]): Ended {
  return made.node([join(made.root, 'scripts/e2e.ts'), ...words], env);
}

const load = '.: load.ts';
const sorted = (calls: string[]) => [
  ...calls.filter((call) => !call.includes(' run ')),
  ...calls.filter((call) => call.includes(' run ')).toSorted(),
];

test.each([
  ['all tests', [], ran(undefined)],
  ['the tests of some files', ['--testPathPatterns', 'sets'], ran(undefined, ' --passWithNoTests --testPathPatterns sets')],
  ['all tests with reports', ['--reports', '/r'], ran('/r')],
])('loads, brings both clusters up, runs %s, and takes both down', (_, words, runs) => {
  using made = checkout();
  const { code } = e2e(made, {}, ...words);
  expect([code, sorted(made.calls())]).toEqual([0, [load, ...down, ...up, ...down, ...runs]]);
});

describe('takes down, and fails, after', () => {
  test.each([
    ['images that cannot be built', { FAIL: 'load' }, [load, ...down]],
    ['a cluster that does not come up', { FAIL: '--audit' }, [load, ...down, ...up, ...down]],
    ['tests that fail', { FAIL: 'jest' }, [load, ...down, ...up, ...down, ...ran(undefined)]],
  ])('%s', (_, env, calls) => {
    using made = checkout();
    const { code } = e2e(made, env);
    expect([code, sorted(made.calls())]).toEqual([1, calls]);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s in the midst of the tests', (signal) => {
    using made = checkout();
    const { code } = e2e(made, { SIGNAL: signal });
    expect([code, made.calls().slice(-2)]).toEqual([1, down]);
  });
});

test('fails when the cluster cannot be taken down', () => {
  using made = checkout();
  expect(e2e(made, { FAIL: 'down' }).code).toBe(1);
});

test('fails when something is on the machine that was not there before, and names it', () => {
  using made = checkout(['mount /a'], ['mount /a', 'mount /b']);
  expect(e2e(made)).toMatchObject({ code: 1, stderr: 'left on this machine:\n  mount /b\n' });
});

test('does not mind what goes meanwhile', () => {
  using made = checkout(['mount /a'], []);
  expect(e2e(made).code).toBe(0);
});
