import { expect, test } from '@jest/globals';
import { containerdConfiguration, registryHosts } from './containerd.ts';

const configuration = containerdConfiguration();
/** Value of a key in a table of the configuration. */
const value = (table: string, key: string) => {
  const [, rest = ''] = configuration.split(`[${table}]\n`);
  return new RegExp(String.raw`^${key} = (.*)$`, 'm').exec(rest.split('\n[')[0] ?? '')?.[1];
};
const cri = 'plugins."io.containerd.grpc.v1.cri"';

test.each([
  ['grpc', 'address', '"/run/containerd/containerd.sock"'],
  ['plugins."io.containerd.internal.v1.opt"', 'path', '"/var/lib/containerd/opt"'],
  [cri, 'sandbox_image', '"registry.k8s.io/pause:3.10"'],
  [cri, 'restrict_oom_score_adj', 'true'],
  [`${cri}.registry`, 'config_path', '"/var/node/registries"'],
  [`${cri}.cni`, 'bin_dir', '"/var/bin"'],
  [`${cri}.cni`, 'conf_dir', '"/var/node/cni"'],
  [`${cri}.containerd`, 'default_runtime_name', '"runc"'],
  [`${cri}.containerd.runtimes.runc`, 'runtime_type', '"io.containerd.runc.v2"'],
  [`${cri}.containerd.runtimes.runc.options`, 'SystemdCgroup', 'false'],
])('[%s] %s', (table, key, expected) => {
  expect(value(table, key)).toBe(expected);
});

test('a table is opened once, as TOML wants it', () => {
  const tables = configuration.match(/^\[.*\]$/gm) ?? [];
  expect(new Set(tables).size).toBe(tables.length);
});

test('everything is where the node has its own folders', () => {
  const paths = configuration.match(/"\/[^"]*"/g) ?? [];
  expect(paths.filter((path) => !/^"\/(var|run)\//.test(path))).toEqual([]);
});

test('every image comes from the cluster’s registry', () => {
  expect(registryHosts()).toBe(
    'server = "http://10.200.0.1:5000"\n[host."http://10.200.0.1:5000"]\n  capabilities = ["pull", "resolve"]\n',
  );
});
