/** What a shell takes as it stands. Globs, expansions, redirections and separators are not here. */
const plain = /[A-Za-z0-9_@%+=:,./^-]/;
/** Between double quotes, everything but what a shell would still interpret there. */
const quotable = /[^"$`\\!\p{Cc}]/u;

/**
 * Splits a command line that was made for a remote shell into its words, without being a shell.
 * @returns undefined where a shell would do more with it than to split it at blanks and take quotes off
 */
export function wordsOf(line: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quoted = false;
  for (const character of line) {
    if (character === '"') {
      quoted = !quoted;
      word ??= '';
    } else if (quoted ? quotable.test(character) : plain.test(character)) {
      word = (word ?? '') + character;
    } else if (character === ' ' && !quoted) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      return undefined;
    }
  }
  if (quoted) return undefined;
  return word === undefined ? words : [...words, word];
}
