const binary: Readonly<Record<string, [factor: number, suffix: string]>> = {
  K: [1, 'Ki'],
  M: [1, 'Mi'],
  G: [1, 'Gi'],
  T: [1, 'Ti'],
  P: [1024, 'Ti'],
};

const units: Readonly<Record<string, [factor: number, unit: string]>> = {
  D: [24, 'h'],
  H: [1, 'h'],
  M: [1, 'm'],
  s: [1, 's'],
};

/** fio's sizes are powers of 1024: `4M` is `4Mi`. What is no such size stays, for the validation to refuse. */
export function fioSize(value: unknown): unknown {
  return scaled(value, /^(\d+)([KMGTP])$/, binary);
}

/** fio's times: `5M` are minutes, `1D` is a day. What is no such time stays, as parts of a second do. */
export function fioDuration(value: unknown): unknown {
  return scaled(value, /^(\d+)([DHMs])$/, units);
}

function scaled(value: unknown, pattern: RegExp, table: Readonly<Record<string, [number, string]>>): unknown {
  if (typeof value !== 'string') return value;
  const [, number, letter = ''] = pattern.exec(value) ?? [];
  const [factor, suffix] = table[letter] ?? [];
  return factor === undefined ? value : `${Number(number) * factor}${suffix}`;
}
