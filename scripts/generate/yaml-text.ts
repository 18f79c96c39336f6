import { stringify } from 'yaml';

/** An object as YAML for kubectl and Helm. */
export function yamlText(object: object): string {
  // kubectl reads YAML 1.1, to which words like `on` are no strings unless they are quoted. No anchors: its reader bounds them.
  return stringify(object, { version: '1.1', aliasDuplicateObjects: false, lineWidth: 0 });
}
