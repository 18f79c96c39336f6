import { expect, test } from '@jest/globals';
import { assetVariable, locate } from './locate.ts';

const both = { TEST_ASSET_KUBE_APISERVER: '/mine/apiserver', KUBEBUILDER_ASSETS: '/assets' };

test.each<[string, Record<string, string>, string[], string | undefined]>([
  ['nothing is set', {}, [], undefined],
  ['its own variable wins', both, ['/mine/apiserver', '/assets/kube-apiserver'], '/mine/apiserver'],
  ['the folder has it', { KUBEBUILDER_ASSETS: '/assets' }, ['/assets/kube-apiserver'], '/assets/kube-apiserver'],
  ['the folder lacks it', { KUBEBUILDER_ASSETS: '/assets' }, ['/assets/etcd'], undefined],
  ['an empty variable is an unset one', { TEST_ASSET_KUBE_APISERVER: '', KUBEBUILDER_ASSETS: '' }, ['/kube-apiserver'], undefined],
])('%s', (_, environment, files, path) => {
  expect(locate('kube-apiserver', environment, (file) => files.includes(file))).toBe(path);
});

test('a variable that names no file is an error, even if the program lies elsewhere', () => {
  expect(() => locate('kube-apiserver', both, (file) => file === '/assets/kube-apiserver')).toThrow(
    'TEST_ASSET_KUBE_APISERVER=/mine/apiserver: no such file',
  );
});

test('assetVariable spells names as envtest does', () => {
  expect(assetVariable('kube-controller-manager')).toBe('TEST_ASSET_KUBE_CONTROLLER_MANAGER');
});
