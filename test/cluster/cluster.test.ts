import { expect, test } from '@jest/globals';
import { attach } from './cluster.ts';

test('a cluster that is not there is refused, with what to do', async () => {
  await expect(attach('never-brought-up')).rejects.toThrow(
    'no cluster never-brought-up is up (it is absent): run `npm run cluster -- up --name never-brought-up`',
  );
});

test('a name that cannot be one is refused as such', async () => {
  await expect(attach('../etc')).rejects.toThrow('cannot name a cluster');
});
