import { pauseImage } from '../images/images.ts';
import { registryAddress } from '../layout.ts';
import { nodeProgramFolder } from './mounts.ts';

export const containerdSocket = '/run/containerd/containerd.sock';
/** Where a node's own configuration lies, as the node sees it. */
export const nodeFolder = '/var/node';
/** The network that every pod has (CNI), as the node sees its file. */
export const podNetwork = `${nodeFolder}/cni/10-pods.conflist`;

/** Configuration of containerd (TOML). Everything that it writes is below /var and /run. */
export function containerdConfiguration(): string {
  const cri = 'plugins."io.containerd.grpc.v1.cri"';
  const runc = `${cri}.containerd.runtimes.runc`;
  return `version = 2
root = "/var/lib/containerd"
state = "/run/containerd"
oom_score = 0
disabled_plugins = [${['aufs', 'btrfs', 'devmapper', 'zfs'].map((name) => `"io.containerd.snapshotter.v1.${name}"`).join(', ')}]

[grpc]
address = "${containerdSocket}"

[plugins."io.containerd.internal.v1.opt"]
path = "/var/lib/containerd/opt"

[${cri}]
sandbox_image = "${pauseImage}"
disable_apparmor = true
# Where root itself may not raise its priority over the out-of-memory killer.
restrict_oom_score_adj = true

[${cri}.registry]
config_path = "${nodeFolder}/registries"

[${cri}.cni]
bin_dir = "${nodeProgramFolder}"
conf_dir = "${nodeFolder}/cni"

[${cri}.containerd]
snapshotter = "overlayfs"
default_runtime_name = "runc"

[${runc}]
runtime_type = "io.containerd.runc.v2"

[${runc}.options]
SystemdCgroup = false
`;
}

/** Sends every registry's name to the cluster's own (hosts.toml), so that images are called as in production. */
export function registryHosts(): string {
  const server = JSON.stringify(`http://${registryAddress}`);
  return `server = ${server}\n[host.${server}]\n  capabilities = ["pull", "resolve"]\n`;
}
