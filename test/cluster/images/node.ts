import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.ts';

/** npm of the base image, as Node 24 brings it. */
export const npmVersion = '11.6.2';

/** The Node binary of the npm packages in a checkout, which runs on any Linux of this processor. */
export function nodeBinary(root: string): string {
  const binary = join(root, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
  if (!existsSync(binary)) throw new Error(`node: ${binary} is not there; npm install --no-save brings it`);
  return binary;
}

/** Lays out Node and npm in `folder`/usr, where the image of Node has them. */
export async function makeNode(folder: string, binary: string): Promise<void> {
  const [bin, modules] = [join(folder, 'usr/local/bin'), join(folder, 'usr/local/lib/node_modules')];
  await Promise.all([bin, modules].map((path) => mkdir(path, { recursive: true })));
  await copyFile(binary, join(bin, 'node'));
  const file = await run('npm', ['pack', `npm@${npmVersion}`, '--silent', '--pack-destination', folder], {
    step: 'node: npm pack',
    cwd: folder,
  });
  const archive = join(folder, file.trim());
  await run('tar', ['--extract', '--file', archive, '--directory', modules], { step: 'node: tar' });
  await rm(archive);
  await rename(join(modules, 'package'), join(modules, 'npm'));
  for (const name of ['npm', 'npx']) await symlink(`../lib/node_modules/npm/bin/${name}-cli.js`, join(bin, name));
}
