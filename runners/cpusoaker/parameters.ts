/** As in schema.yaml, defaults filled in. */
export interface CpusoakerParameters {
  workers: number;
  duration: string;
}
