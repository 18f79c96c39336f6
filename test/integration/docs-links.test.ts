// Every link in the documentation that leads into this checkout leads somewhere, headings included.
import { globSync, readFileSync, existsSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const pages = globSync(['*.md', 'docs/**/*.md', 'charts/**/*.md', 'test/**/*.md', 'runners/**/*.md'], { cwd: root })
  .filter((page) => page !== 'THIRD_PARTY_NOTICES.md')
  .toSorted();

/** Names of a page's headings as GitHub makes them for links. */
function anchors(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** What is wrong with where a link of a page leads; undefined where nothing is. */
function broken(page: string, link: string): string | undefined {
  const [path = '', heading] = link.split('#');
  const file = path === '' ? join(root, page) : join(root, dirname(page), path);
  if (!existsSync(file)) return `${link}: there is no ${relative(root, file)}`;
  if (heading === undefined || statSync(file).isDirectory()) return undefined;
  return anchors(readFileSync(file, 'utf8')).includes(heading) ? undefined : `${link}: ${relative(root, file)} has no such heading`;
}

test.each(pages)('%s', (page) => {
  const text = readFileSync(join(root, page), 'utf8').replaceAll(/^```[\s\S]*?^```$/gm, '');
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => (/^[a-z]+:/.test(link) ? [] : [link]));
  expect(links.flatMap((link) => broken(page, link) ?? [])).toEqual([]);
});

test('there are pages', () => {
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/install.md', 'docs/workloads/iperf.md']));
});
