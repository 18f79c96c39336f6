import { imageNames } from '../runners/registry.ts';

const flag = '--image-digests';

/**
 * Reads `assay-fio=sha256:<hex>,assay-iperf=sha256:<hex>`.
 * @returns digests by image
 * @throws Error naming the part that is wrong and what is allowed: an image that is silently not pinned would be the wrong one
 */
export function readImageDigests(text: string): Record<string, string> {
  const parts = text.split(',').filter((part) => part.trim() !== '');
  const digests = parts.map((part): [name: string, digest: string] => {
    const [name = '', digest = '', ...more] = part.trim().split('=');
    if (more.length > 0 || !/^sha256:[0-9a-f]{64}$/.test(digest)) throw refusal(part, 'NAME=sha256: and 64 hex digits in lower case');
    if (!imageNames.includes(name)) throw refusal(part, `the images are ${imageNames.toSorted().join(', ')}`);
    return [name, digest];
  });
  const names = digests.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new Error(`${flag}: ${twice} is given twice; once an image`);
  return Object.fromEntries(digests);
}

function refusal(part: string, allowed: string): Error {
  return new Error(`${flag}: ${JSON.stringify(part.trim())} is not allowed; ${allowed}`);
}
