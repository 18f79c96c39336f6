import { expect, test } from '@jest/globals';
import { command, commands } from './command.ts';

const script = (text: string) => [process.execPath, '--eval', text];

test('a command gives what it prints', async () => {
  expect(await command(script('process.stdout.write("out"); console.error("err")'))).toBe('out');
});

test('a command reads what it is given', async () => {
  expect(await command(script('process.stdin.pipe(process.stdout)'), 'in')).toBe('in');
});

test('a command that does not read is no error', async () => {
  await expect(command(script('process.exit(0)'), 'x'.repeat(1_000_000))).resolves.toBe('');
});

test('a command that fails is named with what it said', async () => {
  await expect(command(script('console.error("no such device"); process.exit(2)'))).rejects.toThrow(/node --eval .*: no such device$/s);
});

test('a command that fails silently is named', async () => {
  await expect(command(script('process.exit(2)'))).rejects.toThrow(/process\.exit\(2\)/);
});

test('a program that is not there is named', async () => {
  await expect(command(['/never/installed', 'x'])).rejects.toThrow('/never/installed');
});

test('an argument is one argument, whatever it holds', async () => {
  expect(await command([...script('console.log(process.argv.slice(1).join("|"))'), 'a b', '$(id)', '; true'])).toBe('a b|$(id)|; true\n');
});

test('commands run in order behind the same words, until one fails', async () => {
  const prefix = script('if (process.argv[1] === "bad") throw new Error(`stopped at ${process.argv[1]}`)');
  await commands([['one'], ['two']], prefix);
  await expect(commands([['one'], ['bad'], ['never']], prefix)).rejects.toThrow('stopped at bad');
});
