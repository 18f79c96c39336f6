/** What a Dockerfile takes from outside: the files of its context, and the images that it starts from. */
export interface Sources {
  /** Paths in the context that COPY and ADD name: files, or folders with all that is in them. */
  readonly copies: readonly string[];
  /** References of FROM, without the file's own stages. */
  readonly bases: readonly string[];
}

/**
 * Reads the instructions FROM, COPY and ADD.
 * @throws for what a path cannot be told from: JSON arrays, wildcards, variables and here-documents
 */
export function sourcesOf(dockerfile: string): Sources {
  const copies: string[] = [];
  const bases: string[] = [];
  const stages = new Set<string>();
  for (const { keyword, flags, words } of instructions(dockerfile)) {
    if (keyword === 'FROM') {
      const [base = '', as, stage] = words;
      if (!stages.has(base) && base !== 'scratch' && !bases.includes(base)) bases.push(base);
      if (as?.toUpperCase() === 'AS' && stage !== undefined) stages.add(stage);
    }
    // With --from the source is another stage, whose own sources are in the list.
    if ((keyword === 'COPY' || keyword === 'ADD') && !flags.some((flag) => flag.startsWith('--from='))) copies.push(...words.slice(0, -1));
  }
  const unclear = [...copies, ...bases].find((word) => /[[\]*?$"]|^<</.test(word));
  if (unclear !== undefined) throw new Error(`${unclear}: only plain paths and names are understood in FROM, COPY and ADD`);
  return { copies, bases };
}

interface Instruction {
  readonly keyword: string;
  readonly flags: readonly string[];
  readonly words: readonly string[];
}

function instructions(dockerfile: string): Instruction[] {
  const lines = dockerfile
    .split('\n')
    // Comments may stand between the lines of one instruction.
    .filter((line) => !/^\s*(#|$)/.test(line))
    .join('\n')
    .replaceAll(/\\[ \t]*\n/g, ' ')
    .split('\n');
  return lines.map((line) => {
    const [keyword = '', ...words] = line.trim().split(/\s+/);
    const first = words.findIndex((word) => !word.startsWith('--'));
    const end = first === -1 ? words.length : first;
    return { keyword: keyword.toUpperCase(), flags: words.slice(0, end), words: words.slice(end) };
  });
}
