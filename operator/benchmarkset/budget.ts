/**
 * Whether more members failed than `failureBudget` allows.
 * @param budget a number of members (`3`, `"3"`) or a share of all (`"10%"`); no limit when absent
 * @param total members of the whole set
 */
export function isOverBudget(budget: string | number | undefined, failed: number, total: number): boolean {
  if (budget === undefined) return false;
  const [, number, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(String(budget)) ?? [];
  // Unreadable cannot come from a valid object; the strictest reading is the safe one.
  if (number === undefined) return failed > 0;
  // Multiplied, not divided: 10 % of 30 must be 3 exactly.
  return percent === '%' ? failed * 100 > Number(number) * total : failed > Number(number);
}
