import { join } from 'node:path';
import type { ProgramName } from './programs.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The variable that names one program outright, as controller-runtime's envtest reads it: TEST_ASSET_KUBE_APISERVER. */
export function assetVariable(program: ProgramName): string {
  return `TEST_ASSET_${program.toUpperCase().replaceAll('-', '_')}`;
}

/**
 * Where a developer says that a program lies, or undefined if it is for us to build it.
 * @throws if the program's own variable names nothing: to build another one silently would test the wrong program.
 */
export function locate(program: ProgramName, environment: Environment, exists: (path: string) => boolean): string | undefined {
  const variable = assetVariable(program);
  const named = environment[variable];
  if (named) {
    if (exists(named)) return named;
    throw new Error(`${variable}=${named}: no such file; correct it or unset it to have ${program} built`);
  }
  const folder = environment['KUBEBUILDER_ASSETS'];
  if (!folder) return undefined;
  // envtest's archives hold etcd, kube-apiserver and kubectl only: what is missing there is built.
  const path = join(folder, program);
  return exists(path) ? path : undefined;
}
