import type { Definition } from './definition.ts';
import { yamlText } from './yaml-text.ts';

/**
 * A definition as a template of the chart. Helm upgrades templates, but never what lies in a chart's own `crds` folder.
 * @throws Error when the definition holds what Helm would take for an instruction
 */
export function chartCrd({ apiVersion, kind, metadata: { name }, spec }: Definition): string {
  const body = yamlText({ spec });
  if (body.includes('{{')) throw new Error(`${name}: {{ is an instruction to Helm; word the description or rule another way`);
  return `{{- if .Values.crds.install }}
${yamlText({ apiVersion, kind })}metadata:
  {{- $keep := .Values.crds.keep | ternary (dict "helm.sh/resource-policy" "keep") dict }}
  {{- include "assay.metadata" (list . "${name}" "" $keep) | nindent 2 }}
${body}{{- end }}
`;
}
