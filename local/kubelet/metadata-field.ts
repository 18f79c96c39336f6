import type { KubeObject } from '../../operator/kube/object.ts';

/**
 * A field of a pod's metadata by the path that the downward API knows it by; a label or annotation that is not there is empty text.
 * @returns undefined for any other path
 */
export function metadataField(path: string, { metadata }: Pick<KubeObject, 'metadata'>): string | undefined {
  const [, map, key] = /^metadata\.(labels|annotations)\['([^']*)'\]$/.exec(path) ?? [];
  if (map !== undefined && key !== undefined) return (map === 'labels' ? metadata.labels : metadata.annotations)?.[key] ?? '';
  switch (path) {
    case 'metadata.name':
      return metadata.name;
    case 'metadata.namespace':
      return metadata.namespace ?? '';
    case 'metadata.uid':
      return metadata.uid ?? '';
    default:
      return undefined;
  }
}
