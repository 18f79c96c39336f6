import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const cgroupRoot = '/sys/fs/cgroup';

/** What a cluster may leave on a machine, one line each: networks, mounts, cgroups, programs that run, rules of the firewall. */
export function traces(): string[] {
  const programs = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'assay');
  return [
    ...entries('/run/netns').map((name) => `network namespace ${name}`),
    ...entries('/sys/class/net').map((name) => `network interface ${name}`),
    ...entries('/run/assay-cluster').map((name) => `folder /run/assay-cluster/${name}`),
    ...entries('/var/lib/assay-cluster').map((name) => `folder /var/lib/assay-cluster/${name}`),
    ...mounts().map((path) => `mount ${path}`),
    ...cgroups().map((path) => `cgroup ${path}`),
    ...processes(programs),
    ...rules().map((rule) => `rule ${rule}`),
  ];
}

function entries(folder: string): string[] {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [];
}

function mounts(): string[] {
  const lines = readFileSync('/proc/self/mounts', 'utf8').trim().split('\n');
  return lines.map((line) => line.split(' ')[1] ?? '');
}

/** Of one hierarchy (cgroup 2) or of every controller (cgroup 1); others come and go on any machine. */
function cgroups(): string[] {
  const names = [
    ...entries(cgroupRoot),
    ...entries(cgroupRoot).flatMap((controller) => entries(join(cgroupRoot, controller)).map((name) => join(controller, name))),
  ];
  return names.filter((name) => /assay|kubepods/.test(name));
}

/** Programs that clusters are made of, and shims of containers. */
function processes(programs: string): string[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .flatMap((pid) => {
      const program = programOf(pid);
      return program.startsWith(`${programs}/`) || /\/containerd(-shim-\S+)?$/.test(program) ? [`process ${pid} ${program}`] : [];
    });
}

function programOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return ''; // It has ended meanwhile, or belongs to somebody else.
  }
}

function rules(): string[] {
  try {
    return execFileSync('nft', ['list', 'ruleset'], { encoding: 'utf8' }).split('\n').filter(Boolean);
  } catch {
    return []; // Without nft, or without rights to look, nothing can have been written either.
  }
}
