import { describe, expect, test } from '@jest/globals';
import { createLogger, forObject, silentLogger } from './logger.ts';
import type { Logger } from './logger.ts';
import { pod } from './scripted-transport.ts';

function logged(level: string, write: (logger: Logger) => void): Record<string, unknown>[] {
  const lines: Record<string, unknown>[] = [];
  write(createLogger(level, { write: (line) => lines.push(JSON.parse(line)) }));
  return lines;
}

describe('createLogger', () => {
  test("writes one JSON document a line, with a time and the level's name", () => {
    const [line] = logged('info', (logger) => {
      logger.info({ count: 3 }, 'synced');
    });
    expect(line).toEqual({ level: 'info', time: expect.stringMatching(/^\d{4}-.*Z$/), component: 'assay', count: 3, msg: 'synced' });
  });

  test('leaves out what is below the level', () => {
    const lines = logged('warn', (logger) => {
      logger.debug({}, 'no');
      logger.info({}, 'no');
      logger.warn({}, 'yes');
    });
    expect(lines.map(({ msg }) => msg)).toEqual(['yes']);
  });

  test("keeps an error's message and where it came from", () => {
    const [line] = logged('info', (logger) => {
      logger.error({ err: new Error('broken') }, 'failed');
    });
    expect(line?.err).toMatchObject({ type: 'Error', message: 'broken', stack: expect.stringContaining('logger.test') });
  });
});

test('the logger of an object names it on every line', () => {
  const [line] = logged('info', (logger) => {
    forObject(logger, pod('a', 1)).info({}, 'reconciled');
  });
  expect(line).toMatchObject({ kind: 'Pod', namespace: 'default', name: 'a' });
});

test('the silent logger takes everything', () => {
  expect(() => silentLogger.child({ x: 1 }).error({}, 'nothing')).not.toThrow();
});
