import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Checkout, type Ended } from './testing/checkout.ts';

const addOns: Record<string, string> = {
  e2e: '',
  robustness: '',
  workloads: '',
  backends: 'volcano,jobset',
  addons: 'volcano,jobset,multus,kueue',
};
const projects = Object.keys(addOns);

const down = (project: string) => `.: main.ts --name assay-${project} down`;
const up = (project: string) => `.: main.ts --name assay-${project} up --audit --with=${addOns[project]}`;

/** The tests of a project. */
function run(project: string, reports?: string, words = ''): string {
  const jest = `--experimental-vm-modules --no-warnings node_modules/jest/bin/jest.js --config test/jest.config.js --selectProjects ${project} --runInBand`;
  const report = reports === undefined ? '' : ` --json --outputFile ${join(reports, `${project}.json`)}`;
  return `.: main.ts --name assay-${project} run ${process.execPath} ${jest}${report}${words}`;
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
  // Each project has tests by its name.
  made.write(
    'node_modules/jest/bin/jest.js',
    `const words = process.argv.slice(2);\nif (words.at(-1) === words[words.indexOf('--selectProjects') + 1]) console.log('/one.test.ts');\n`,
  );
  made.write('scripts/traces.ts', `const looks = ${JSON.stringify(looks)};\nexport const traces = () => looks.shift() ?? [];\n`);
  return made;
}

function e2e(made: Checkout, env: Record<string, string> = {}, ...words: string[]): Ended {
  return made.node([join(made.root, 'scripts/e2e.ts'), ...words], env);
}

const load = '.: load.ts';
const prepared = [load, ...projects.map(down)];
/** The calls after the preparation that concern a project, in their order: those of several come in any. */
const of = (calls: string[], project: string) => calls.slice(prepared.length).filter((call) => call.includes(`assay-${project} `));

test.each<[string, string[], string | undefined]>([
  ['all tests', [], undefined],
  ['all tests with reports', ['--reports', '/r'], '/r'],
])('loads, and runs %s, each project in a cluster of its own', (_, words, reports) => {
  using made = checkout();
  const { code } = e2e(made, {}, ...words);
  const calls = made.calls();
  expect([code, calls.slice(0, prepared.length)]).toEqual([0, prepared]);
  for (const project of projects) expect(of(calls, project)).toEqual([up(project), run(project, reports), down(project)]);
});

describe('tests that are chosen', () => {
  test('have a cluster, and the other projects have none', () => {
    using made = checkout();
    const { code } = e2e(made, {}, '--testPathPatterns', 'backends');
    const words = ' --testPathPatterns backends';
    expect([code, made.calls().slice(prepared.length)]).toEqual([0, [up('backends'), run('backends', undefined, words), down('backends')]]);
  });

  test('may be none, which is an error before anything is done', () => {
    using made = checkout();
    const { code, stderr } = e2e(made, {}, '--testPathPatterns', 'nowhere');
    expect([code, stderr]).toEqual([1, '--testPathPatterns nowhere: no test on a cluster is chosen by that\n']);
  });
});

describe('takes down, and fails, after', () => {
  test.each([
    ['images that cannot be built', { FAIL: 'load' }, [load], () => []],
    ['a cluster that does not come up', { FAIL: '--audit' }, prepared, (project: string) => [up(project), down(project)]],
    ['tests that fail', { FAIL: 'jest' }, prepared, (project: string) => [up(project), run(project), down(project)]],
  ])('%s', (_, env, first, then) => {
    using made = checkout();
    const { code } = e2e(made, env);
    const calls = made.calls();
    expect([code, calls.slice(0, prepared.length)]).toEqual([1, first]);
    for (const project of projects) expect(of(calls, project)).toEqual(then(project));
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s in the midst of the tests, and begins nothing more', (signal) => {
    using made = checkout();
    const { code } = e2e(made, { SIGNAL: signal });
    const calls = made.calls();
    expect([code, calls.slice(0, prepared.length)]).toEqual([1, prepared]);
    for (const project of projects) expect(of(calls, project).at(-1)).toBe(down(project));
    // They come up one after the other, and it is the first one that is told to stop.
    expect(calls).not.toContain(up('addons'));
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
