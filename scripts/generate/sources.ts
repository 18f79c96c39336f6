import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Kind, Sources } from './kind.ts';
import type { Source } from './source.ts';

/** Reads the schemas below a checkout. @param root folder that holds operator/ and runners/ */
export function readSources(root: string): Sources {
  const folder = join(root, 'operator/api/schema');
  const parts = new Map(
    readdirSync(folder)
      .filter((file) => file !== 'kinds.yaml')
      .map((file) => [file, readSchema(join(folder, file))]),
  );
  const workloads = new Map(
    readdirSync(join(root, 'runners'))
      .toSorted()
      .map((name) => [name, join(root, 'runners', name, 'schema.yaml')] as const)
      .filter(([, file]) => existsSync(file))
      .map(([name, file]) => [name, readSchema(file)]),
  );
  return { kinds: readKinds(join(folder, 'kinds.yaml')), parts, workloads };
}

// These files are our own and not checked on reading: what is wrong in them fails where it is used, in the drift test at the latest.

function readKinds(file: string): Kind[] {
  const kinds: Kind[] = parse(readFileSync(file, 'utf8'));
  return kinds;
}

function readSchema(file: string): Source {
  const schema: Source = parse(readFileSync(file, 'utf8'));
  return schema;
}
