{{- define "assay.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- /* Short enough for what is put behind it: 63 characters less those of -operator-metrics. */ -}}
{{- define "assay.fullname" -}}
{{- $name := include "assay.name" . }}
{{- $both := contains $name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name $name) }}
{{- .Values.fullnameOverride | default $both | trunc 46 | trimSuffix "-" }}
{{- end }}

{{- define "assay.operator" -}}
{{ include "assay.fullname" . }}-operator
{{- end }}

{{- define "assay.test" -}}
{{ include "assay.fullname" . }}-test
{{- end }}

{{- define "assay.serviceAccount" -}}
{{- .Values.serviceAccount.name | default (.Values.serviceAccount.create | ternary (include "assay.operator" .) "default") }}
{{- end }}

{{- define "assay.selector" -}}
app.kubernetes.io/name: {{ include "assay.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: operator
{{- end }}

{{- define "assay.labels" -}}
{{- $own := dict
      "app.kubernetes.io/name" (include "assay.name" .)
      "app.kubernetes.io/instance" .Release.Name
      "app.kubernetes.io/version" .Chart.AppVersion
      "app.kubernetes.io/managed-by" .Release.Service
      "helm.sh/chart" (printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_")) }}
{{- toYaml (mergeOverwrite (deepCopy .Values.commonLabels) $own) }}
{{- end }}

{{- /* Metadata of an object: (list $ $name $namespace $annotations $labels). No namespace: of the cluster. The last two may be left out. */ -}}
{{- define "assay.metadata" -}}
{{- $root := index . 0 }}
{{- $rest := concat . (list dict dict) -}}
name: {{ index . 1 }}
{{- with index . 2 }}
namespace: {{ . }}
{{- end }}
labels:
  {{- include "assay.labels" $root | nindent 2 }}
  {{- with index $rest 4 }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with mergeOverwrite (deepCopy $root.Values.commonAnnotations) (index $rest 3) }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
