import type { ProgramName } from '../programs.ts';
import type { Webhooks } from './webhooks.ts';

/** Where an add-on finds its own files. */
export interface Place {
  /** Folder of its configuration, in which the cluster's serving certificate is `tls.crt` and `tls.key`. */
  readonly folder: string;
  /** Path of its kubeconfig. */
  readonly kubeconfig: string;
}

/** A program of an add-on and how it is called. */
export interface AddOnService {
  readonly program: ProgramName;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** What it takes to have an add-on: data that `install.ts` carries out. */
export interface AddOn {
  readonly programs: readonly ProgramName[];
  /** Go module whose manifests are used; the go.mod of `programs/<by>` says in which version. */
  readonly source: { readonly module: string; readonly by: string };
  /** Files and folders of its custom resource definitions in that module. */
  readonly definitions: readonly string[];
  readonly webhooks?: Webhooks;
  /** Content of files in its folder. */
  files?(place: Place): Readonly<Record<string, string>>;
  /** Those of its programs that run beside the control plane, as commands with their environment. */
  services(place: Place): readonly AddOnService[];
  readonly objects?: readonly object[];
  /** Words, and standard input, of a kubectl that succeeds once the add-on works. */
  readonly probe: { readonly words: readonly string[]; readonly input?: object };
}
