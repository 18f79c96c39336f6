import { expect, test } from '@jest/globals';
import { program } from './program.ts';

const command = (name: string) => program('assay').commands.find((one) => one.name() === name);

test.each(['assay', 'kubectl assay'])('called as %s', (name) => {
  expect(program(name).helpInformation()).toMatch(new RegExp(`^Usage: ${name} \\[options\\] \\[command\\]`));
});

test('help names every command', () => {
  expect(program('assay').commands.map((one) => one.name())).toEqual([
    'run',
    'validate',
    'plan',
    'results',
    'why',
    'workloads',
    'parse',
    'convert',
  ]);
});

test.each(['run', 'results', 'why'])('%s takes the options of every plug-in of kubectl', (name) => {
  const flags = command(name)?.options.flatMap(({ short, long }) => [short, long]);
  expect(flags).toEqual(expect.arrayContaining(['-n', '--namespace', '--context', '--kubeconfig']));
});

test('results lists all namespaces with -A', () => {
  expect(command('results')?.options.map(({ short }) => short)).toContain('-A');
});

test.each(['run', 'validate', 'plan'])('%s needs a file', async (name) => {
  const quiet = program('assay')
    .commands.find((one) => one.name() === name)
    ?.configureOutput({ writeErr: () => {} });
  await expect(quiet?.parseAsync([], { from: 'user' })).rejects.toThrow("missing required argument 'file'");
});
