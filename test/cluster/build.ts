// The programs of a real cluster: taken from where a developer has them, else built once from Go modules.
//   node test/cluster/build.ts [program ...]     builds what is missing and prints where each program lies
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rename, rm, symlink } from 'node:fs/promises';
import { availableParallelism, homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { cacheFolder, cacheKey } from './cache.ts';
import { go, toolchain } from './go.ts';
import { assetVariable, locate } from './locate.ts';
import { buildArguments, buildPackages, programNames, moduleOf, programName, requiredGo } from './programs.ts';
import type { GoModule, ProgramName } from './programs.ts';

/**
 * Path of a program: `TEST_ASSET_<NAME>`, else `KUBEBUILDER_ASSETS/<name>`, else our own build, which is made if it is
 * not there yet (minutes; says so on stderr).
 */
export async function program(name: ProgramName): Promise<string> {
  const given = locate(name, process.env, existsSync);
  if (given !== undefined) return given;
  const module = moduleOf(name);
  const folder = join(import.meta.dirname, 'programs', module.name);
  const files = await sources(folder);
  const goMod = files['go.mod'] ?? '';
  const release = await toolchain(folder);
  if (release === undefined) throw new Error(withoutGo(name, goMod));
  const key = cacheKey({ files, toolchain: release, arguments: buildArguments(goMod) });
  const target = join(cacheFolder(process.env, homedir()), `${module.name}-${key}`);
  if (!existsSync(target)) await build(module, folder, goMod, target);
  return join(target, 'bin', name);
}

async function sources(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder);
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')])));
}

/** A cache entry appears by one rename, whole: an interrupted build leaves none. */
async function build(module: GoModule, folder: string, goMod: string, target: string): Promise<void> {
  const minutes = Math.ceil(module.cpuSeconds / availableParallelism() / 60);
  report(`${module.name}: building ${module.provides.join(', ')} (about ${minutes} min, this once): ${target} is not there yet`);
  await mkdir(dirname(target), { recursive: true });
  const partial = await mkdtemp(`${target}.partial-`);
  try {
    const packages = buildPackages(goMod);
    const binaries = packages.length > 1 ? module.provides : [module.name];
    for (const [index, name] of binaries.entries())
      await go(folder, [...buildArguments(goMod), '-o', join(partial, 'bin', name), packages[index] ?? '.'], name, report);
    for (const name of module.provides) if (!binaries.includes(name)) await symlink(module.name, join(partial, 'bin', name));
    await rename(partial, target).catch((error: unknown) => {
      // Someone else's build of the same inputs was faster: theirs is as good.
      if (!existsSync(target)) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** Standard output is for the paths. */
function report(line: string): void {
  process.stderr.write(`${line}\n`);
}

function withoutGo(name: ProgramName, goMod: string): string {
  return (
    `${name} is not there and cannot be built, as there is no go on the PATH: install Go >= ${requiredGo(goMod)}, ` +
    `or set KUBEBUILDER_ASSETS to a folder with etcd, kube-apiserver, kubectl (or ${assetVariable(name)} to this one program)`
  );
}

if (import.meta.main) {
  try {
    const asked = process.argv.slice(2).map(programName);
    for (const name of asked.length > 0 ? asked : programNames) console.log(`${name}\t${await program(name)}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
