import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { isToldLater, peersText } from './peers.ts';
import { role } from './testing/builders.ts';

const client = role({ name: 'client', after: ['server'] });
const both = role({ name: 'judge', after: ['server', 'client'] });

describe('who is told later', () => {
  test.each([
    ['a role that needs addresses, in a run that starts together', { toldWithin: 60 }, client, true],
    ['a role that needs none', { toldWithin: 60 }, role(), false],
    ['a role that is made when its peers have addresses', {}, client, false],
  ])('%s', (_, run, own, expected) => {
    expect(isToldLater(run, own)).toBe(expected);
  });
});

describe('what a role is told', () => {
  test('its peers in order, of the roles that it needs and of no others', () => {
    const peers = { other: ['10.0.0.9'], server: ['fd00::1', 'fd00::2'] };
    expect(peersText(client, peers)).toBe('{"version":1,"peers":{"server":["fd00::1","fd00::2"]}}');
  });

  test.each<[string, Record<string, string[]>]>([
    ['nobody has an address', {}],
    ['one of two roles has', { server: ['10.0.0.1'] }],
    ['one of two roles has none', { server: ['10.0.0.1'], client: [] }],
  ])('nothing while %s', (_, peers) => {
    expect(peersText(both, peers)).toBeUndefined();
  });

  test('the same whatever the order in which addresses came', () => {
    expect(peersText(both, { client: ['10.0.0.2'], server: ['10.0.0.1'] })).toBe(
      peersText(both, { server: ['10.0.0.1'], client: ['10.0.0.2'] }),
    );
  });

  test('is read back as it was, however many there are', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.ipV4(), fc.ipV6()), { minLength: 1 }), (server) => {
        expect(JSON.parse(peersText(client, { server }) ?? '')).toEqual({ version: 1, peers: { server } });
      }),
    );
  });
});
