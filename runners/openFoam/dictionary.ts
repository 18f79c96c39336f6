/** What stands behind a keyword of an OpenFOAM dictionary: a word or number, a list, or a dictionary of its own. */
export type Entry = string | number | readonly Entry[] | Entries;

export interface Entries {
  readonly [keyword: string]: Entry;
}

/**
 * The text of an OpenFOAM file.
 * @param type class of its contents, such as dictionary or volScalarField
 * @param name of the file, which OpenFOAM wants to find in its head
 */
export function foamFile(type: string, name: string, entries: Entries): string {
  return lines({ FoamFile: { version: '2.0', format: 'ascii', class: type, object: name }, ...entries }, '');
}

function lines(entries: Entries, indent: string): string {
  return Object.entries(entries)
    .map(([keyword, entry]) => `${indent}${keyword} ${text(entry, indent)}${isDictionary(entry) ? '' : ';'}\n`)
    .join('');
}

function text(entry: Entry, indent: string): string {
  if (isDictionary(entry)) return `{\n${lines(entry, `${indent}  `)}${indent}}`;
  if (isList(entry)) return `(${entry.map((item) => text(item, indent)).join(' ')})`;
  return String(entry);
}

function isList(entry: Entry): entry is readonly Entry[] {
  return Array.isArray(entry);
}

function isDictionary(entry: Entry): entry is Entries {
  return typeof entry === 'object' && !isList(entry);
}
