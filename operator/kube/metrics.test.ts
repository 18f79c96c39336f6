import { describe, expect, test } from '@jest/globals';
import { Metrics } from './metrics.ts';

describe('Metrics', () => {
  test('every name begins with assay_ and says what it counts', () => {
    const definitions = new Metrics().registry.getMetricsAsArray();
    expect(definitions.length).toBeGreaterThan(10);
    for (const { name, help } of definitions) {
      expect(name).toMatch(/^assay_[a-z_]+$/);
      expect(help).toMatch(/\.$/);
    }
  });

  test('each has a registry of its own, so that two operators fit into one process', () => {
    const [first, second] = [new Metrics(), new Metrics()];
    first.lists.inc({ resource: 'pods' });
    expect(second.registry).not.toBe(first.registry);
  });

  test('objects are counted when asked', async () => {
    const metrics = new Metrics();
    let size = 1;
    metrics.countObjects('Pod', () => size);
    size = 5;
    expect(await metrics.registry.getSingleMetricAsString('assay_objects')).toContain('assay_objects{kind="Pod"} 5');
  });

  test('objects of a kind that is watched twice are counted together, at every look anew', async () => {
    const metrics = new Metrics();
    for (const size of [2, 3]) metrics.countObjects('Event', () => size);
    const look = () => metrics.registry.getSingleMetricAsString('assay_objects');
    await look();
    expect(await look()).toContain('assay_objects{kind="Event"} 5');
  });

  test('process figures have the event-loop lag', async () => {
    const metrics = new Metrics();
    metrics.collectProcess();
    const text = await metrics.registry.metrics();
    expect(text).toContain('assay_nodejs_eventloop_lag_seconds');
    expect(text).toContain('assay_process_resident_memory_bytes');
  });
});
