import { describe, expect, test } from '@jest/globals';
import { type Flags, readFlags, usage } from './flags.ts';

const read = (words: string[], env: Record<string, string> = {}): Flags => {
  const flags = readFlags(words, env);
  if (flags === 'help') throw new Error('help was not asked for');
  return flags;
};

test('defaults', () => {
  expect(read([])).toEqual({
    namespaces: [],
    imageRegistry: 'ghcr.io/assay',
    imageTag: 'latest',
    qps: 200,
    burst: 300,
    healthPort: 8081,
    leaderElect: true,
    leaderNamespace: '',
    logLevel: 'info',
  });
});

test.each([
  ['a flag', ['--image-tag', 'v1'], {}, { imageTag: 'v1' }],
  ['a flag with =', ['--image-tag=v1'], {}, { imageTag: 'v1' }],
  ['the environment', [], { ASSAY_IMAGE_TAG: 'v2' }, { imageTag: 'v2' }],
  ['a flag wins over the environment', ['--image-tag', 'v1'], { ASSAY_IMAGE_TAG: 'v2' }, { imageTag: 'v1' }],
  ['namespaces are a list', ['--namespaces', 'a,b'], {}, { namespaces: ['a', 'b'] }],
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
  ['--health-port', '70000', '0 to 65535'],
  ['--log-level', 'loud', 'debug, info, warn, error'],
  ['--leader-elect', 'maybe', 'true, false'],
])('%s %s is refused with what is allowed', (flag, value, allowed) => {
  expect(() => read([flag, value])).toThrow(`${flag}: "${value}" is not allowed; ${allowed}`);
});

test('an unknown flag is refused', () => {
  expect(() => read(['--image', 'x'])).toThrow('--image');
});

describe('help', () => {
  test('is asked for', () => {
    expect(readFlags(['--help'], {})).toBe('help');
  });

  test.each(['kubeconfig', 'namespaces', 'image-registry', 'qps', 'health-port', 'leader-elect', 'policy', 'log-level'])(
    'tells of --%s',
    (flag) => {
      expect(usage).toContain(`--${flag}`);
    },
  );
});
