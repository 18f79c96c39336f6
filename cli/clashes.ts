import type { Manifest } from '../operator/api/manifest.ts';
import { resultsName } from '../operator/results/configmap.ts';

/**
 * Objects of one command that get in each other's way: the same one in two files, of which the second would quietly change the
 * first, or a Benchmark and a BenchmarkSet whose results would have the same name. Those within a file are found there.
 */
export function clashes(files: readonly { file: string; objects: readonly Manifest[] }[]): string[] {
  const owners = new Map<string, { file: string; kind: string }>();
  return files.flatMap(({ file, objects }) =>
    objects.flatMap(({ kind, metadata: { name, namespace } }) => {
      const key = JSON.stringify([namespace, name]);
      const owner = owners.get(key);
      owners.set(key, owner ?? { file, kind });
      if (!owner || (owner.kind === kind && owner.file === file)) return [];
      const problem =
        owner.kind === kind
          ? `is already in ${owner.file}`
          : `and ${owner.kind} ${name} of ${owner.file} would both write their results to ConfigMap ${resultsName(name)}`;
      return [`${file}: ${kind} ${name} ${problem}; choose another name`];
    }),
  );
}
