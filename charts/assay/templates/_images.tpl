{{- define "assay.operatorImage" -}}
{{- $image := .Values.operator.image }}
{{- $registry := $image.registry | default .Values.imageRegistry | trimSuffix "/" }}
{{- $name := printf "%s/%s" $registry $image.repository }}
{{- if $image.digest }}
{{- printf "%s@%s" $name $image.digest }}
{{- else }}
{{- printf "%s:%s" $name ($image.tag | default .Chart.AppVersion) }}
{{- end }}
{{- end }}

{{- /* Flags that say where the runner images are. */ -}}
{{- define "assay.runnerFlags" -}}
{{- $runners := .Values.runners -}}
- --image-registry={{ $runners.registry | default .Values.imageRegistry | trimSuffix "/" }}
- --image-tag={{ $runners.tag | default .Chart.AppVersion }}
{{- $digests := list }}
{{- range $name, $digest := $runners.digests }}
{{- $digests = append $digests (printf "%s=%s" $name $digest) }}
{{- end }}
{{- with $digests }}
- --image-digests={{ join "," . }}
{{- end }}
{{- end }}
