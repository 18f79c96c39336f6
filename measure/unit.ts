/** SI base units of every stored value; prefixes exist only in text for people (see quantity.ts). `ratio` is 0 to 1, CPU time per wall time included. */
export const units = ['bit/s', 'B/s', 'B', 's', '1/s', 'ratio', 'count'] as const;
export type Unit = (typeof units)[number];
