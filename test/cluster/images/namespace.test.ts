import { expect, test } from '@jest/globals';
import { isolated } from './namespace.ts';

const unshare = 'unshare --mount --propagation private --pid --fork --kill-child --mount-proc'.split(' ');

test('a program ends with its caller, and all that it mounts and starts with it', () => {
  expect(isolated(['a', 'b c'])).toEqual(['--pdeathsig', 'KILL', ...unshare, 'a', 'b c']);
});

test('words of the command and of the folders reach the shell as arguments, not as its text', () => {
  const words = isolated(['a', '$(b)'], { from: '/x; y', to: '/z' });
  expect(words.slice(2 + unshare.length)).toEqual(['sh', '-c', 'mount --bind "$0" "$1" && shift && exec "$@"', '/x; y', '/z', 'a', '$(b)']);
});
