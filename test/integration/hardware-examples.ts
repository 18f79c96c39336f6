/** Examples that need hardware which no test machine has, and the reason with which they fail without it. */
export const hardwareExamples: Readonly<Record<string, string>> = {
  'rdma-bandwidth.yaml': 'NoRDMADevice',
  'rdma-latency.yaml': 'NoRDMADevice',
};
