/** What follows a number, by fio's letter: a factor, and our unit. */
type Units = Readonly<Record<string, [factor: number, unit: string]>>;

const sizes: Units = { k: [1, 'Ki'], m: [1, 'Mi'], g: [1, 'Gi'], t: [1, 'Ti'], p: [1024, 'Ti'] };
const times: Units = { d: [24, 'h'], h: [1, 'h'], m: [1, 'm'], s: [1, 's'], '': [1, 's'] };

/** fio's sizes are powers of 1024, whatever the case of the letter: `4M` and `4m` are `4Mi`. What is no such size stays, for the validation to refuse. */
export function fioSize(value: unknown): unknown {
  return scaled(value, /^(\d+)([KMGTP])$/i, sizes);
}

/** fio's times: `5M` are minutes, `1D` is a day, a plain number is seconds. What is no such time stays, as parts of a second do. */
export function fioDuration(value: unknown): unknown {
  return scaled(value, /^(\d+)([DHMS]?)$/i, times);
}

function scaled(value: unknown, pattern: RegExp, units: Units): unknown {
  if (typeof value !== 'string') return value;
  const [, number, letter] = pattern.exec(value) ?? [];
  const [factor, unit] = units[letter?.toLowerCase() ?? 'none'] ?? [];
  return factor === undefined ? value : `${Number(number) * factor}${unit}`;
}
