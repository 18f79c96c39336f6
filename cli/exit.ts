/** Exit codes of every command. */
export const exitCode = { ok: 0, usage: 1, benchmarkFailed: 2 } as const;

/** An error that a user can mend: its message is printed without a stack. */
export class UsageError extends Error {}
