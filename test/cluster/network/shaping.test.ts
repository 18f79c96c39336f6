import { expect, test } from '@jest/globals';
import { limitCommands, linkCommands, unlimitCommands } from './shaping.ts';

const ends = { controlPlane: 'b-cp', bridgePort: 'e2', node: 'b-n2' };
const lines = (commands: string[][]) => commands.map((argv) => argv.join(' '));

test.each(['up', 'down'] as const)('a cable is set %s at the bridge only', (state) => {
  expect(lines(linkCommands(ends, state))).toEqual([`ip -n b-cp link set e2 ${state}`]);
});

test.each([
  ['slow: the bucket holds whole packets', 1_000_000, 16_384],
  ['fast: the bucket holds 2 ms', 1_000_000_000, 250_000],
  ['the least', 8000, 16_384],
])('%s', (_, bitsPerSecond, burst) => {
  expect(lines(limitCommands(ends, bitsPerSecond))).toEqual([
    `tc -n b-cp qdisc replace dev e2 root tbf rate ${bitsPerSecond}bit burst ${burst} latency 50ms`,
    `tc -n b-n2 qdisc replace dev eth0 root tbf rate ${bitsPerSecond}bit burst ${burst} latency 50ms`,
  ]);
});

test.each([0, -1, 7999, 1.5e3, 8000.5, Number.NaN, Number.POSITIVE_INFINITY])('%d bit/s is no limit', (bitsPerSecond) => {
  expect(() => limitCommands(ends, bitsPerSecond)).toThrow(
    `a link cannot be limited to ${bitsPerSecond} bit/s: it must be a whole number of at least 8000`,
  );
});

test('a limit is taken from both ends, and can be taken away twice', () => {
  expect(lines(unlimitCommands(ends))).toEqual([
    'tc -n b-cp qdisc replace dev e2 root noqueue',
    'tc -n b-n2 qdisc replace dev eth0 root noqueue',
  ]);
});
