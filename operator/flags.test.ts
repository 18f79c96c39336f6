import { describe, expect, test } from '@jest/globals';
import { type Flags, readFlags, usage } from './flags.ts';

const read = (words: string[], env: Record<string, string> = {}): Flags => {
  const flags = readFlags(words, env);
  if (flags === 'help') throw new Error('help was not asked for');
  return flags;
};

const digest = `sha256:${'0'.repeat(64)}`;

test('defaults', () => {
  expect(read([])).toEqual({
    namespaces: [],
    imageRegistry: 'ghcr.io/assay',
    imageTag: 'latest',
    imageDigests: {},
    qps: 200,
    burst: 300,
    healthPort: 8081,
    leaderElect: true,
    leaderNamespace: '',
    leaderName: 'assay-operator',
    logLevel: 'info',
  });
});

test.each([
  ['a flag', ['--image-tag', 'v1'], {}, { imageTag: 'v1' }],
  ['a flag with =', ['--image-tag=v1'], {}, { imageTag: 'v1' }],
  ['the environment', [], { ASSAY_IMAGE_TAG: 'v2' }, { imageTag: 'v2' }],
  ['a flag wins over the environment', ['--image-tag', 'v1'], { ASSAY_IMAGE_TAG: 'v2' }, { imageTag: 'v1' }],
  ['a flag with = wins over the environment', ['--image-tag=v1'], { ASSAY_IMAGE_TAG: 'v2' }, { imageTag: 'v1' }],
  ['even one that is its default', ['--qps=200'], { ASSAY_QPS: '5' }, { qps: 200 }],
  ['the last of two wins', ['--image-tag=v1', '--image-tag=v2'], {}, { imageTag: 'v2' }],
  ['namespaces are a list', ['--namespaces', 'a,b'], {}, { namespaces: ['a', 'b'] }],
  ['with room around the commas', [], { ASSAY_NAMESPACES: ' a, b ,' }, { namespaces: ['a', 'b'] }],
  ['no namespaces are all', ['--namespaces='], { ASSAY_NAMESPACES: 'a' }, { namespaces: [] }],
  ['fractions of requests', ['--qps', '0.5'], {}, { qps: 0.5 }],
  ['any free port', ['--health-port', '0'], {}, { healthPort: 0 }],
  ['the last port', ['--health-port', '65535'], {}, { healthPort: 65_535 }],
  ['the namespace of the lease', ['--leader-namespace', 'assay'], {}, { leaderNamespace: 'assay' }],
  ['the name of the lease', ['--leader-name', 'team-a'], {}, { leaderName: 'team-a' }],
  ['digests of images', [`--image-digests=assay-fio=${digest}`], {}, { imageDigests: { 'assay-fio': digest } }],
  ['digests in the environment', [], { ASSAY_IMAGE_DIGESTS: `assay-fio=${digest}` }, { imageDigests: { 'assay-fio': digest } }],
  ['a level', [], { ASSAY_LOG_LEVEL: 'debug' }, { logLevel: 'debug' }],
  ['a trailing slash of the registry', ['--image-registry', 'reg.example/x/'], {}, { imageRegistry: 'reg.example/x' }],
  ['no leader election', ['--leader-elect=false'], {}, { leaderElect: false }],
  ['a policy', ['--policy', 'rights.yaml'], {}, { policy: 'rights.yaml' }],
  ['a kubeconfig', ['--kubeconfig', 'k', '--context', 'c'], {}, { kubeconfig: 'k', context: 'c' }],
] as [string, string[], Record<string, string>, Partial<Flags>][])('%s', (_, words, env, expected) => {
  expect(read(words, env)).toMatchObject(expected);
});

test.each([
  ['--qps', '0', 'a number above 0'],
  ['--burst', 'many', 'a number above 0'],
  ['--qps', 'Infinity', 'a number above 0'],
  ['--qps', '', 'a number above 0'],
  ['--image-digests', 'assay-fio=latest', 'NAME=sha256: and 64 hex digits in lower case'],
  ['--health-port', '65536', '0 to 65535'],
  ['--health-port', '80.5', '0 to 65535'],
  ['--health-port', '0x50', '0 to 65535'],
  ['--health-port', '', '0 to 65535'],
  ['--log-level', '', 'debug, info, warn, error'],
  ['--health-port', '-1', '0 to 65535'],
  ['--log-level', 'loud', 'debug, info, warn, error'],
  ['--leader-elect', 'maybe', 'true, false'],
])('%s %s is refused with what is allowed', (flag, value, allowed) => {
  expect(() => read([`${flag}=${value}`])).toThrow(`${flag}: "${value}" is not allowed; ${allowed}`);
});

test('a wrong setting of the environment is refused like a flag', () => {
  expect(() => read([], { ASSAY_BURST: 'many' })).toThrow('--burst: "many" is not allowed; a number above 0');
});

test.each([
  ['a flag that there is not', ['--image', 'x'], '--image'],
  ['a flag without its value', ['--image-tag'], '--image-tag'],
  ['a flag whose value was forgotten', ['--image-tag', '--qps=1'], '--image-tag'],
  ['a word that is no flag', ['bench'], 'bench'],
])('%s is refused and named', (_, words, named) => {
  expect(() => read(words)).toThrow(named);
});

test('files and contexts that are empty are not set', () => {
  const flags = read(['--kubeconfig='], { ASSAY_CONTEXT: '', ASSAY_POLICY: '' });
  expect(Object.keys(flags)).not.toEqual(expect.arrayContaining([expect.stringMatching(/kubeconfig|context|policy/)]));
});

describe('help', () => {
  test('is asked for', () => {
    expect(readFlags(['--help'], {})).toBe('help');
  });

  test('is given even where another setting is wrong', () => {
    expect(readFlags(['--help', '--qps=0'], { ASSAY_BURST: 'many' })).toBe('help');
  });

  test.each([
    'kubeconfig',
    'namespaces',
    'image-registry',
    'image-digests',
    'leader-name',
    'qps',
    'health-port',
    'leader-elect',
    'policy',
    'log-level',
  ])('tells of --%s', (flag) => {
    expect(usage).toContain(`--${flag}`);
  });
});
