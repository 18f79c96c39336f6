{{- /* Pods of the restricted pod security standard. No user's number: the images name one, and some clusters give their own. */ -}}
{{- define "assay.podSecurity" -}}
runAsNonRoot: true
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "assay.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}
