// One end of a probe, to be run in a network namespace.
//   node test/e2e/path-mtu.ts answer ADDRESS PORT          until it is ended
//   node test/e2e/path-mtu.ts probe ADDRESS PORT SIZE      prints what became of packets of that size
import { answerProbes } from '../../runners/agent/path-answer.ts';
import { probePath } from '../../runners/agent/path-probe.ts';

const [end, address = '', port, size] = process.argv.slice(2);
const place = { address, port: Number(port) };
const { signal } = new AbortController();
if (end === 'answer') await answerProbes(place, signal);
else console.log(await probePath(place, Number(size), signal));
