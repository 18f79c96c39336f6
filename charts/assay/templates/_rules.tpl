{{- /* What the operator may do where it serves; docs/install.md says what for. No test may meet a 403 with it. */ -}}
{{- define "assay.operatorRules" -}}
- apiGroups: [assay.dev]
  resources: [benchmarks]
  verbs: [get, list, watch, create, patch]
- apiGroups: [assay.dev]
  resources: [benchmarksets]
  verbs: [list, watch]
- apiGroups: [assay.dev]
  resources: [benchmarks/status, benchmarksets/status]
  verbs: [update]
# Clusters that check blockOwnerDeletion ask for this on the owners of pods and members.
- apiGroups: [assay.dev]
  resources: [benchmarks/finalizers, benchmarksets/finalizers]
  verbs: [update]
# Pods that start together learn of each other's addresses by an annotation, for which the patch is.
- apiGroups: ['']
  resources: [pods]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: ['']
  resources: [persistentvolumeclaims]
  verbs: [get, list, watch, create, delete]
- apiGroups: ['']
  resources: [pods/log]
  verbs: [get]
- apiGroups: ['']
  resources: [configmaps]
  verbs: [get, create, update]
- apiGroups: ['']
  resources: [events]
  verbs: [list, watch, create, patch]
{{- if .Values.backends.volcano }}
- apiGroups: [batch.volcano.sh]
  resources: [jobs]
  verbs: [get, list, watch, create, delete]
- apiGroups: [scheduling.volcano.sh]
  resources: [podgroups]
  verbs: [list, watch]
{{- end }}
{{- if .Values.backends.jobSet }}
- apiGroups: [jobset.x-k8s.io]
  resources: [jobsets]
  verbs: [get, list, watch, create, delete]
- apiGroups: [batch]
  resources: [jobs]
  verbs: [list, watch]
{{- end }}
{{- end }}

{{- define "assay.viewRules" -}}
- apiGroups: [assay.dev]
  resources: [benchmarks, benchmarksets]
  verbs: [get, list, watch]
{{- end }}

{{- define "assay.editRules" -}}
- apiGroups: [assay.dev]
  resources: [benchmarks, benchmarksets]
  verbs: [create, update, patch, delete, deletecollection]
{{- end }}

{{- define "assay.operatorSubject" -}}
- kind: ServiceAccount
  name: {{ include "assay.serviceAccount" . }}
  namespace: {{ .Release.Namespace }}
{{- end }}
