import { program } from '../build.ts';
import type { ProgramName } from '../programs.ts';
import type { AddOn } from './add-on.ts';
import { jobset } from './jobset.ts';
import { kueue } from './kueue.ts';
import { multus } from './multus.ts';
import type { AddOnName } from './names.ts';
import { volcano } from './volcano.ts';

export const addOns: Readonly<Record<AddOnName, AddOn>> = { volcano, jobset, multus, kueue };

/** Programs that some add-ons take, by name. */
export type AddOnPrograms = ReadonlyMap<ProgramName, string>;

/** Finds or builds the programs of add-ons, one after the other: a build takes the whole machine. */
export async function addOnProgramPaths(names: readonly AddOnName[]): Promise<AddOnPrograms> {
  const paths = new Map<ProgramName, string>();
  for (const name of names) for (const each of addOns[name].programs) paths.set(each, await program(each));
  return paths;
}
