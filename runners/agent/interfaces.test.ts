import { expect, test } from '@jest/globals';
import { interfaceNames } from './interfaces.ts';

test('the loopback interface has its address', () => {
  expect(interfaceNames()['127.0.0.1']).toBe('lo');
});
