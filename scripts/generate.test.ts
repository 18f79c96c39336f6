import { cpSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Checkout } from './testing/checkout.ts';

const source = dirname(import.meta.dirname);
const wanted = (path: string) => !/\.test\.ts$|\/testdata$/.test(path);
const real = (path: string) => readFileSync(join(source, path), 'utf8');

/** A copy of everything that the generator reads and writes. */
function copy(): Checkout {
  const checkout = new Checkout();
  const parts = [
    'charts',
    'crds',
    'docs',
    'measure',
    'operator',
    'runners',
    'scripts',
    'package.json',
    'package-lock.json',
    'THIRD_PARTY_NOTICES.md',
  ];
  for (const part of parts) cpSync(join(source, part), join(checkout.root, part), { recursive: true, filter: wanted });
  symlinkSync(join(source, 'node_modules'), join(checkout.root, 'node_modules'));
  return checkout;
}

test('what was changed by hand or is missing is named by --check, which writes nothing, and made right without it', () => {
  using checkout = copy();
  const generate = (...words: string[]) => checkout.node([join(checkout.root, 'scripts/generate.ts'), ...words]);
  const [missing, changed] = ['operator/api/generated/kinds.ts', 'docs/metrics.md'] as const;
  checkout.remove(missing);
  checkout.write(changed, '# by hand\n');
  expect(generate('--check')).toEqual({
    code: 1,
    stdout: `${missing} is not up to date; run npm run generate\n${changed} is not up to date; run npm run generate\n`,
    stderr: '',
  });
  expect([checkout.read(missing), checkout.read(changed)]).toEqual([undefined, '# by hand\n']);
  expect(generate()).toEqual({ code: 0, stdout: `wrote ${missing}\nwrote ${changed}\n`, stderr: '' });
  expect([checkout.read(missing), checkout.read(changed)]).toEqual([real(missing), real(changed)]);
});
