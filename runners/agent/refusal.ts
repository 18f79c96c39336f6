import type { Reason } from '../../measure/reason.ts';

/** Ends a run before there is anything to parse; becomes the record's reason and message. */
export class Refusal extends Error {
  readonly reason: Reason;

  constructor(reason: Reason, message: string) {
    super(message);
    this.name = 'Refusal';
    this.reason = reason;
  }
}
