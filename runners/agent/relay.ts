/**
 * Passes a tool's output on to the pod's log up to a bound, so that people see how it begins while noise can neither
 * fill the node's disk nor push the result out by rotation.
 * @param limit bytes
 */
export function boundedRelay(limit: number, write: (chunk: Buffer | string) => void): (chunk: Buffer) => void {
  let left = limit;
  return (chunk) => {
    if (left <= 0) return;
    write(chunk.subarray(0, left));
    left -= chunk.length;
    if (left <= 0) write(`\n[more output is not shown here; spec.results.output keeps it with the result]\n`);
  };
}
