import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Checkout, type Ended } from './testing/checkout.ts';

const all = ['lint', 'format', 'types', 'generated', 'unit', 'programs', 'contract', 'integration', 'e2e'];
const allBut = (...kept: string[]) => all.filter((name) => !kept.includes(name)).join(',');

/** A checkout whose tools end well and whose jest writes this report. */
function checkout(jestReport?: object, jestCode = 0): Checkout {
  const made = new Checkout('test.ts', 'test-report.ts');
  for (const tool of ['oxlint', 'prettier', 'tsc']) made.program(`node_modules/.bin/${tool}`);
  made.write('tmp/.keep', '');
  const report =
    jestReport && `require('fs').writeFileSync(process.argv[process.argv.indexOf('--outputFile') + 1], ${quoted(jestReport)});`;
  made.write('node_modules/jest/package.json', '{"type": "commonjs"}');
  made.write('node_modules/jest/bin/jest.js', `${report ?? ''}\nprocess.exitCode = ${jestCode};\n`);
  return made;
}

function quoted(report: object): string {
  return JSON.stringify(JSON.stringify(report));
}

function check(made: Checkout, skip?: string): Ended {
  const env = { TMPDIR: join(made.root, 'tmp'), ...(skip === undefined ? {} : { ASSAY_SKIP: skip }) };
  return made.node([join(made.root, 'scripts/test.ts')], env);
}

const lastLine = ({ stdout }: Ended) => stdout.trimEnd().split('\n').at(-1);
const counts = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numRuntimeErrorTestSuites: 0 };

describe('ASSAY_SKIP', () => {
  test.each([
    ['a name that is no check', 'units', 'units'],
    ['several of them beside a right one', 'lint,e2f,units', 'e2f, units'],
  ])('%s is refused with the names that are', (_, skip, named) => {
    using made = checkout();
    expect(check(made, skip)).toEqual({
      code: 1,
      stdout: '',
      stderr: `ASSAY_SKIP: ${named} is no check; the checks are ${all.join(', ')}\n`,
    });
  });

  test('leaves out what it names, and says so at the end', () => {
    using made = checkout();
    const ended = check(made, allBut('types', 'lint'));
    expect(made.calls()).toEqual(['.: oxlint --type-aware --quiet', '.: tsc']);
    expect([ended.code, lastLine(ended)]).toEqual([0, '2 passed, 0 failed, 7 skipped']);
  });

  test.each([
    ['a refused name', 'units'],
    ['a run', all.join(',')],
  ])('no temporary folder is left after %s', (_, skip) => {
    using made = checkout();
    check(made, skip);
    expect(readdirSync(join(made.root, 'tmp'))).toEqual(['.keep']);
  });
});

describe('a check', () => {
  test('that fails fails the whole, and the next ones run all the same', () => {
    using made = checkout();
    made.program('node_modules/.bin/oxlint', 'exit 1');
    const ended = check(made, allBut('lint', 'types'));
    expect([ended.code, lastLine(ended)]).toEqual([1, '1 passed, 1 failed, 7 skipped']);
  });

  test('that is not there is a failure, never a skip', () => {
    using made = checkout();
    made.remove('node_modules/.bin/oxlint');
    const ended = check(made, allBut('lint', 'generated', 'programs'));
    expect(ended.stderr).toMatch(/oxlint: .*ENOENT/);
    expect([ended.code, lastLine(ended)]).toEqual([1, '0 passed, 3 failed, 6 skipped']);
  });
});

describe('counts of tests', () => {
  test.each<[string, object | undefined, number, string, number]>([
    ['are those of jest', { ...counts, numPassedTests: 40, numPendingTests: 2 }, 0, '40 passed, 0 failed, 10 skipped', 0],
    ['failed tests fail the whole', { ...counts, numPassedTests: 40, numFailedTests: 3 }, 1, '40 passed, 3 failed, 8 skipped', 1],
    ['a file that does not load is a failure', { ...counts, numRuntimeErrorTestSuites: 1 }, 1, '0 passed, 1 failed, 8 skipped', 1],
    ['an end in error without a failed test is one', { ...counts, numPassedTests: 40 }, 1, '40 passed, 1 failed, 8 skipped', 1],
    ['without a report there is a failure, even after a good end', undefined, 0, '0 passed, 1 failed, 8 skipped', 1],
  ])('%s', (_, jestReport, jestCode, line, code) => {
    using made = checkout(jestReport, jestCode);
    const ended = check(made, allBut('unit'));
    expect([lastLine(ended), ended.code]).toEqual([line, code]);
  });
});

test('the tests on real clusters count together', () => {
  using made = checkout();
  made.write(
    'scripts/e2e.ts',
    `import { writeFileSync } from 'node:fs';
const folder = process.argv[process.argv.indexOf('--reports') + 1];
writeFileSync(folder + '/e2e.json', ${quoted({ ...counts, numPassedTests: 5 })});
writeFileSync(folder + '/robustness.json', ${quoted({ ...counts, numPassedTests: 3, numFailedTests: 1 })});
writeFileSync(folder + '/addons.json', ${quoted({ ...counts, numPassedTests: 2 })});
writeFileSync(folder + '/backends.json', ${quoted({ ...counts, numPassedTests: 4 })});
writeFileSync(folder + '/workloads.json', ${quoted({ ...counts, numPassedTests: 1 })});`,
  );
  const ended = check(made, allBut('e2e'));
  expect([lastLine(ended), ended.code]).toEqual(['15 passed, 1 failed, 8 skipped', 1]);
});
