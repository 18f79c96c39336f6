import { stringify } from 'yaml';
import { definition } from './definition.ts';
import type { Sources } from './kind.ts';
import { kindTypes, parameterTypes } from './types.ts';

/** Every generated file, by its path in the checkout. Pure but for the formatter. */
export async function generatedFiles(sources: Sources): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const kind of sources.kinds) files.set(`crds/assay.dev_${kind.plural}.yaml`, yamlText(definition(kind, sources)));
  files.set('operator/api/generated/kinds.ts', await kindTypes(sources));
  for (const [name, schema] of sources.workloads) {
    files.set(`runners/${name}/parameters.ts`, await parameterTypes(name, schema));
  }
  return files;
}

function yamlText(object: object): string {
  // kubectl reads YAML 1.1, to which words like `on` are no strings unless they are quoted. No anchors: its reader bounds them.
  const text = stringify(object, { version: '1.1', aliasDuplicateObjects: false, lineWidth: 0 });
  return `# Made by scripts/generate.ts from operator/api/schema and runners/*/schema.yaml; do not edit.\n${text}`;
}
