/**
 * A variable's value as the kubelet makes it: `$(NAME)` becomes a variable that stands before it, `$$` becomes `$`, and what is
 * neither, or names nothing known, stays.
 */
export function expanded(value: string, known: ReadonlyMap<string, string>): string {
  return value.replaceAll(/\$\$|\$\(([^)]*)\)/g, (found, name: string | undefined) => {
    if (name === undefined) return '$';
    return known.get(name) ?? found;
  });
}
