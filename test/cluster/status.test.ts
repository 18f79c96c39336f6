import { expect, test } from '@jest/globals';
import { layout } from './layout.ts';
import { references, statusOf } from './status.ts';

test('references are read from where a registry keeps its tags', () => {
  expect(
    references([
      'library',
      'library/debian/_layers/sha256/0123/link',
      'library/debian/_manifests/revisions/sha256/0123/link',
      'library/debian/_manifests/tags/bookworm-slim',
      'library/debian/_manifests/tags/bookworm-slim/current',
      'library/debian/_manifests/tags/bookworm-slim/current/link',
      'assay/assay-fio/_manifests/tags/0.1.0',
      'assay/assay-fio/_manifests/tags/inputs-7035df2986e7a8d3',
    ]),
  ).toEqual(['assay/assay-fio:0.1.0', 'library/debian:bookworm-slim']);
});

test('an empty registry has no references', () => {
  expect(references([])).toEqual([]);
});

test('of a cluster that is not there the status says how to have it', async () => {
  const { text, whole } = await statusOf(layout('never-brought-up'));
  expect(whole).toBe(false);
  expect(text).toBe('The cluster never-brought-up is not up: npm run cluster -- up --name never-brought-up');
});
