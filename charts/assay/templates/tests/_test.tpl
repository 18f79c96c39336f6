{{- /* What the test runs: `helm test` creates it and removes it, and the test's pod follows it. */ -}}
{{- define "assay.testBenchmark" -}}
apiVersion: assay.dev/v1alpha1
kind: Benchmark
metadata:
  name: {{ include "assay.test" . }}
  namespace: {{ include "assay.testNamespace" . }}
spec:
  sleep:
    duration: 1s
  timeouts:
    pending: 2m
    running: 1m
{{- end }}

{{- /* Where the operator serves. */ -}}
{{- define "assay.testNamespace" -}}
{{- first (concat .Values.namespaces (list .Release.Namespace)) }}
{{- end }}

{{- /* Annotations of an object that is there during `helm test` only: the position in which it is created. */ -}}
{{- define "assay.testHook" -}}
helm.sh/hook: test
helm.sh/hook-weight: {{ . | quote }}
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded,hook-failed
{{- end }}
