/**
 * Lines of a stream of bytes, without their ends; empty ones are left out. Decoded line by line, so that a character cut between two
 * chunks is whole again.
 * @param limit longest line, bytes
 * @throws Error when a line is longer, or whatever the source throws
 */
export async function* lines(source: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<string> {
  let parts: Uint8Array[] = [];
  let length = 0;
  const take = () => {
    const line = Buffer.concat(parts, length).toString('utf8').trim();
    parts = [];
    length = 0;
    return line;
  };
  const keep = (part: Uint8Array) => {
    length += part.length;
    if (length > limit) throw new Error(`a line is longer than ${limit} bytes`);
    parts.push(part);
  };
  for await (const chunk of source) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      keep(chunk.subarray(start, end));
      start = end + 1;
      const line = take();
      if (line) yield line;
    }
    if (start < chunk.length) keep(chunk.subarray(start));
  }
  const last = take();
  if (last) yield last;
}
