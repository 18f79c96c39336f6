import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import {
  buildArguments,
  buildPackages,
  controlPlanePrograms,
  moduleOf,
  modules,
  programName,
  requiredGo,
  requiredVersion,
} from './programs.ts';

const goMod = `module assay.dev/test/x

go 1.26.0

require k8s.io/api v0.34.1

require (
	k8s.io/kubernetes v1.34.9
	k8s.io/kubectl v0.34.2 // indirect
)

replace k8s.io/kubelet => k8s.io/kubelet v0.34.9
`;

test.each([
  ['alone on its line', 'k8s.io/api', 'v0.34.1'],
  ['in a block', 'k8s.io/kubernetes', 'v1.34.9'],
  ['with a comment', 'k8s.io/kubectl', 'v0.34.2'],
  ['replaced, not required', 'k8s.io/kubelet', undefined],
  ['absent', 'k8s.io/kube', undefined],
])('requiredVersion of a module %s', (_, path, version) => {
  expect(requiredVersion(goMod, path)).toBe(version);
});

test('requiredGo is the release of the go line', () => {
  expect(requiredGo(goMod)).toBe('1.26.0');
});

test('Kubernetes is told its version by the linker', () => {
  const flags = buildArguments(goMod).at(-1)?.split(' -X ');
  expect(flags).toEqual([
    '-s -w',
    'k8s.io/component-base/version.gitVersion=v1.34.9',
    'k8s.io/component-base/version.gitMajor=1',
    'k8s.io/component-base/version.gitMinor=34',
    'k8s.io/client-go/pkg/version.gitVersion=v1.34.9',
    'k8s.io/client-go/pkg/version.gitMajor=1',
    'k8s.io/client-go/pkg/version.gitMinor=34',
  ]);
});

test('other programs are built without stamps', () => {
  expect(buildArguments('module x\n\ngo 1.26.0\n').at(-1)).toBe('-s -w');
});

test('every program of the control plane comes from a module', () => {
  expect(controlPlanePrograms.map((name) => moduleOf(name).name)).toEqual(['etcd', 'hyperkube', 'hyperkube', 'hyperkube']);
});

test.each([
  ['its own package', goMod, ['.']],
  ['the tool that it names', 'module x\n\ntool example.org/cmd/y\n\nrequire (\n\ta.org/b v1.0.0\n)\n', ['example.org/cmd/y']],
  ['all the tools that it names', 'module x\n\ntool (\n\ta.org/x\n\tb.org/y\n)\n\nrequire c.org/z v1\n', ['a.org/x', 'b.org/y']],
])('a module is built for %s', (_, given, expected) => {
  expect(buildPackages(given)).toEqual(expected);
});

test.each(modules)('$name has one binary under all its names, or one a name', ({ name, provides }) => {
  const packages = buildPackages(readFileSync(join(import.meta.dirname, 'programs', name, 'go.mod'), 'utf8'));
  expect([1, provides.length]).toContain(packages.length);
});

test('programName knows the programs and names them to who mistypes', () => {
  expect(programName('kubelet')).toBe('kubelet');
  expect(() => programName('kubelett')).toThrow(/kubelett is no program .* kubelet/);
});
