// Plain JavaScript without dependencies: it must run on the Node that a machine has before anything is installed.
// Usage: node scripts/setup.js [PROGRAM...]; installs the npm packages and the Debian packages of the programs named.
// `cluster` stands for all that the two-node cluster of test/cluster needs.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** Debian package of each program and what it is for. */
const toolPrograms = {
  iperf3: ['iperf3', 'the iperf workload'],
  iperf: ['iperf', 'the iperf workload, version 2'],
  fio: ['fio', 'the fio workload'],
  torchrun: ['python3-torch', 'the pyTorch workload'],
  NPopenmpi: ['netpipe-openmpi', 'the mpiPingPong workload'],
  ib_write_bw: ['perftest', 'the RDMA workloads'],
  icoFoam: ['openfoam', 'the openFoam workload'],
  time: ['time', 'the openFoam workload'],
};
const clusterPrograms = {
  openssl: ['openssl', 'the certificates of the test API server'],
  ip: ['iproute2', 'networks of the test cluster'],
  iptables: ['iptables', 'host ports of its pods'],
  nft: ['nftables', 'its Services'],
  conntrack: ['conntrack', 'its Services'],
  containerd: ['containerd', 'its containers'],
  runc: ['runc', 'its containers'],
  ptp: ['containernetworking-plugins', 'networks of its pods'],
  debootstrap: ['debootstrap', 'the base of its images'],
  buildah: ['buildah', 'its images'],
  'docker-registry': ['docker-registry', 'its images'],
};
const programs = { ...toolPrograms, ...clusterPrograms };

const root = dirname(import.meta.dirname);

installNpmPackages();
installDebianPackages(process.argv.slice(2).flatMap((name) => (name === 'cluster' ? Object.keys(clusterPrograms) : name)));

function installNpmPackages() {
  const stamp = join(root, 'node_modules', '.assay-installed');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Installing the npm packages of package-lock.json, Node 24 among them (about 30 s) ...');
  // Not `npm ci`: it refuses a lock file without the optional packages of other platforms, and mirrors differ in which they have.
  // Versions and hashes are the lock file's all the same. Engine warnings are silenced: Node 24 is among the packages.
  const words = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync('npm', words, { cwd: root, stdio: 'inherit' });
  if (status !== 0) fail('npm install failed, see above. Check the network and the settings of npm, then run the command again.');
  writeFileSync(stamp, wanted);
}

function installDebianPackages(names) {
  const missing = names.filter((name) => !onPath(name)).map((name) => programs[name]);
  if (missing.length === 0) return;
  const packages = missing.map(([name]) => name);
  console.log('Needed from Debian:');
  for (const [name, purpose] of missing) console.log(`  ${name}: ${purpose}`);
  if (process.getuid?.() !== 0 || !onPath('apt-get')) {
    fail(`Install them and run the command again:\n  sudo apt-get update && sudo apt-get install --yes ${packages.join(' ')}`);
  }
  console.log(`Installing ${packages.join(', ')} (about 20 s) ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  apt(['update', '--quiet=2'], env);
  apt(['install', '--yes', '--quiet=2', '--no-install-recommends', ...packages], env);
}

function apt(words, env) {
  const { status, stdout, stderr } = spawnSync('apt-get', words, { env, encoding: 'utf8' });
  if (status !== 0) fail(`apt-get ${words.join(' ')} failed:\n${stdout}${stderr}`);
}

function onPath(program) {
  // Network plugins of containers are not on the PATH.
  return [...(process.env.PATH ?? '').split(delimiter), '/usr/lib/cni'].some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
