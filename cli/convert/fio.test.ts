import { describe, expect, test } from '@jest/globals';
import { convertFio } from './fio.ts';
import { fioDuration, fioSize } from './fio-quantity.ts';
import { convertedSpec } from './testing.ts';

const fio = (spec: object) => {
  const converted = convertedSpec(convertFio, spec);
  return { fio: converted.spec.fio, notes: converted.notes };
};

const defaults = { rw: 'read', blockSize: '4Mi', size: '10Gi', runtime: '30s', direct: true };

test('their defaults are written out', () => {
  expect(fio({})).toEqual({ fio: defaults, notes: [] });
});

test('every field', () => {
  const given = { numJobs: 4, iodepth: 16, nrfiles: 2, rw: 'randrw', bs: '8K', ioengine: 'libaio', rwmixread: 70, percentageRandom: 50 };
  expect(fio({ ...given, direct: 0, runtime: '2H', size: '1T', thread: true, numWorkers: 3 }).fio).toEqual({
    rw: 'randrw',
    blockSize: '8Ki',
    ioDepth: 16,
    engine: 'libaio',
    jobs: 4,
    size: '1Ti',
    files: 2,
    runtime: '2h',
    direct: false,
    readPercent: 70,
    randomPercent: 50,
    thread: true,
    workers: 3,
  });
});

describe('shares that fio would ignore are left out', () => {
  test.each([
    ['read', {}],
    ['rw', { readPercent: 70 }],
    ['randread', { randomPercent: 50 }],
    ['randrw', { readPercent: 70, randomPercent: 50 }],
  ])('%s', (rw, shares) => {
    expect(fio({ rw, rwmixread: 70, percentageRandom: 50 }).fio).toEqual({ ...defaults, rw, ...shares });
  });
});

test.each(['rw,readwrite', 'readwrite'])('%s is rw', (rw) => {
  expect(fio({ rw }).fio).toMatchObject({ rw: 'rw' });
});

const claim = (accessModes: unknown, more: object = {}) => ({
  volumeClaimTemplate: { accessModes, storageClassName: 'fast', resources: { requests: { storage: '5Gi' } }, ...more },
});

describe('a volume', () => {
  const template = { size: '5Gi', storageClassName: 'fast' };

  test.each<[string, unknown, object]>([
    ['that many may write is one for all workers', ['ReadWriteOnce', 'ReadWriteMany'], { accessMode: 'ReadWriteMany', shared: true }],
    ['that one may write is one a worker', ['ReadWriteOnce'], { accessMode: 'ReadWriteOnce' }],
    ['without a mode is one a worker', undefined, {}],
    ['of a mode that we have not is refused by the validation', ['ReadOnlyMany'], { accessMode: 'ReadOnlyMany' }],
  ])('%s', (_, modes, ours) => {
    expect(fio(claim(modes)).fio).toMatchObject({ volume: { claimTemplate: { ...template, ...ours } } });
  });

  test('what a claim can say beyond that is named', () => {
    const { notes } = fio(claim(['ReadWriteOnce'], { volumeMode: 'Block', selector: {} }));
    expect(notes.map(({ path }) => path)).toEqual(['spec.volumeClaimTemplate.volumeMode', 'spec.volumeClaimTemplate.selector']);
  });
});

test.each([
  ['4M', '4Mi'],
  ['1P', '1024Ti'],
  ['512', '512'],
  ['32k', '32Ki'],
  ['2g', '2Gi'],
  ['4Ki', '4Ki'],
  ['M', 'M'],
  [4096, 4096],
])('the size %j is %j', (given, ours) => {
  expect(fioSize(given)).toBe(ours);
});

test.each([
  ['30s', '30s'],
  ['5M', '5m'],
  ['2H', '2h'],
  ['2D', '48h'],
  ['5m', '5m'],
  ['1d', '24h'],
  ['45', '45s'],
  ['500ms', '500ms'],
  ['soon', 'soon'],
])('the time %s is %s', (given, ours) => {
  expect(fioDuration(given)).toBe(ours);
});
