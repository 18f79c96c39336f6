import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { BenchmarkSpec } from '../api/types.ts';
import { assignmentOf, environment, frameKey, runToken } from './assignment.ts';
import { benchmark, pod, role, run } from './testing/builders.ts';

const key = 'ab'.repeat(32);

describe('what an agent is told', () => {
  test('its workload, role, parameters and task, and the key of its frame', () => {
    const own = role({ name: 'sleeper' });
    expect(assignmentOf(run({ sleep: { duration: '3s' } }), own, key)).toEqual({
      version: 1,
      workload: 'sleep',
      role: 'sleeper',
      parameters: { duration: '3s' },
      task: own.task,
      peers: {},
      key,
      output: 'OnFailure',
    });
  });

  test('addresses only of the roles that it comes after', () => {
    const peers = { server: ['10.0.0.1', '10.0.0.2'], other: ['10.0.0.3'] };
    expect(assignmentOf(run({}, { peers }), role({ after: ['server'] }), key).peers).toEqual({ server: ['10.0.0.1', '10.0.0.2'] });
  });

  test('of a role that has no address yet, an empty list, and not none', () => {
    expect(assignmentOf(run(), role({ after: ['server'] }), key).peers).toEqual({ server: [] });
  });

  test('where to find them and how long to wait, where all pods start together', () => {
    const told = assignmentOf(run({}, { toldWithin: 2100, peers: { server: ['10.0.0.1'] } }), role({ after: ['server'] }), key);
    expect([told.peers, told.peersFile]).toEqual([undefined, { path: '/assay/peers', limit: 2100 }]);
  });

  test('that there are none to a role that needs none, also where all pods start together', () => {
    const told = assignmentOf(run({}, { toldWithin: 2100 }), role(), key);
    expect([told.peers, told.peersFile]).toEqual([{}, undefined]);
  });

  test('the family of its addresses, where one is asked for', () => {
    const told = [run({ network: { ipFamily: 'IPv6' } }), run()].map((one) => assignmentOf(one, role(), key).ipFamily);
    expect(told).toEqual(['IPv6', undefined]);
  });

  test('KP-49 the token of the run, if its task uses it', () => {
    const own = run({}, { token: 'ab'.repeat(32) });
    const task = { argv: ['serve'], measures: false };
    const told = [role({ task: { ...task, usesToken: true } }), role({ task })].map((one) => assignmentOf(own, one, key).token);
    expect(told).toEqual(['ab'.repeat(32), undefined]);
  });

  test('the interface and the MTU, where they are asked for', () => {
    const network = { name: 'fast', interface: 'net1', mtu: 9000 };
    expect(assignmentOf(run({ network }), role(), key)).toMatchObject({ interface: 'net1', mtu: 9000 });
    expect(Object.keys(assignmentOf(run(), role(), key))).not.toEqual(expect.arrayContaining(['interface', 'mtu']));
  });

  test('nothing where the benchmark names no workload: that was to be refused before', () => {
    const { sleep: _, ...spec } = benchmark().spec;
    expect(() => assignmentOf({ benchmark: { ...benchmark(), spec }, peers: {} }, role(), key)).toThrow('net names no workload');
  });

  test('what spec.results.output wants', () => {
    expect(assignmentOf(run({ results: { output: 'Always' } }), role(), key).output).toBe('Always');
  });
});

/** A container's environment after the kubelet's expansion, as its documentation has it. */
function expanded(text: string): string {
  return text.replaceAll(/\$\$|\$\([^)]*\)/g, (found) => (found === '$$' ? '$' : 'EXPANDED'));
}

function valueOf(name: string, spec: BenchmarkSpec, own: { name: string; value: string }[] = []): string {
  const variable = environment(run(spec), role(), 2, own).findLast((one) => one.name === name);
  return variable?.value ?? '';
}

describe('environment', () => {
  test('names the replica and lets the kubelet fill in the address', () => {
    expect(environment(run(), role(), 2)).toEqual(
      expect.arrayContaining([
        { name: 'ASSAY_REPLICA', value: '2' },
        { name: 'POD_IPS', valueFrom: { fieldRef: { fieldPath: 'status.podIPs' } } },
      ]),
    );
  });

  test('lets whoever makes pods from a template tell which one it is', () => {
    const variable = environment(run(), role(), { label: 'example.com/index' }).find(({ name }) => name === 'ASSAY_REPLICA');
    expect(variable).toEqual({ name: 'ASSAY_REPLICA', valueFrom: { fieldRef: { fieldPath: "metadata.labels['example.com/index']" } } });
  });

  test('whatever a user writes arrives as it was written', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.constantFrom('$', '(', ')', 'POD_IP', '"', '\\', '\n')), (text, pieces) => {
        const hostile = text + pieces.join('');
        expect(expanded(valueOf('TZ', {}, [{ name: 'TZ', value: hostile }]))).toBe(hostile);
        const task: unknown = JSON.parse(expanded(valueOf('ASSAY_TASK', { sleep: { duration: hostile } })));
        expect(task).toMatchObject({ parameters: { duration: hostile } });
      }),
    );
  });

  test("the agent's variables come last and win", () => {
    expect(JSON.parse(valueOf('ASSAY_TASK', {}, [{ name: 'ASSAY_TASK', value: 'forged' }]))).toMatchObject({ version: 1 });
  });
});

describe('frame key', () => {
  test('is random for every pod', () => {
    expect(frameKey(pod())).not.toBe(frameKey(pod()));
  });

  test('has 256 bits', () => {
    expect(frameKey(pod())).toMatch(/^[0-9a-f]{64}$/);
  });

  test('is read back beside dollar signs and a parameter that looks like one', () => {
    const made = environment(run({ sleep: { duration: '$(X)","key":"00' } }), role(), 0);
    const own = pod();
    own.spec.containers = own.spec.containers.map((container) => Object.assign(container, { env: made }));
    expect(frameKey(own)).toMatch(/^[0-9a-f]{64}$/);
  });

  test("is read beside the run's token, where there is one", () => {
    const token = 'cd'.repeat(32);
    const made = environment(run({}, { token }), role({ task: { argv: ['serve'], measures: false, usesToken: true } }), 0);
    const own = pod();
    own.spec.containers = own.spec.containers.map((container) => Object.assign(container, { env: made }));
    expect([runToken(own), runToken(pod())]).toEqual([token, undefined]);
    expect(frameKey(own)).not.toBe(token);
  });

  test('of another container is not the one', () => {
    const foreign = pod();
    foreign.spec.containers = foreign.spec.containers.map((container) => ({ ...container, name: 'mesh' }));
    expect(frameKey(foreign)).toBeUndefined();
  });

  test.each([
    ['no environment', []],
    ['a task that somebody else fills in', [{ name: 'ASSAY_TASK', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }]],
    ['a task that is no object', [{ name: 'ASSAY_TASK', value: 'null' }]],
    ['a key that is no text', [{ name: 'ASSAY_TASK', value: '{"key": 7}' }]],
    ['a task that is no JSON', [{ name: 'ASSAY_TASK', value: '{' }]],
    ['a task without a key', [{ name: 'ASSAY_TASK', value: '{}' }]],
  ])('is unknown with %s', (_, env) => {
    const foreign = pod();
    foreign.spec.containers = foreign.spec.containers.map((container) => Object.assign(container, { env }));
    expect(frameKey(foreign)).toBeUndefined();
  });
});
