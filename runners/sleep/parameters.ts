/** As in schema.yaml, defaults filled in. */
export interface SleepParameters {
  duration: string;
}
