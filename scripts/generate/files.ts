import { chartCrd } from './chart-crd.ts';
import { definition } from './definition.ts';
import type { Sources } from './kind.ts';
import { kindTypes, parameterTypes } from './types.ts';
import { yamlText } from './yaml-text.ts';

const note = '# Made by scripts/generate.ts from operator/api/schema and runners/*/schema.yaml; do not edit.\n';

/** Every generated file, by its path in the checkout. Pure but for the formatter. */
export async function generatedFiles(sources: Sources): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const kind of sources.kinds) {
    const crd = definition(kind, sources);
    const name = `assay.dev_${kind.plural}.yaml`;
    files.set(`crds/${name}`, note + yamlText(crd));
    files.set(`charts/assay/templates/crds/${name}`, note + chartCrd(crd));
  }
  files.set('operator/api/generated/kinds.ts', await kindTypes(sources));
  for (const [name, schema] of sources.workloads) {
    files.set(`runners/${name}/parameters.ts`, await parameterTypes(name, schema));
  }
  return files;
}
