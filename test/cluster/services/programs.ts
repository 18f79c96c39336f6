import { program } from '../build.ts';

/** Path of each program of the cluster that is built from a Go module. */
export type Programs = Awaited<ReturnType<typeof clusterProgramPaths>>;

/** Finds or builds them, one after the other: a build takes the whole machine. */
export async function clusterProgramPaths() {
  return {
    etcd: await program('etcd'),
    'kube-apiserver': await program('kube-apiserver'),
    'kube-controller-manager': await program('kube-controller-manager'),
    'kube-scheduler': await program('kube-scheduler'),
    kubelet: await program('kubelet'),
    'kube-proxy': await program('kube-proxy'),
    kubectl: await program('kubectl'),
    coredns: await program('coredns'),
    helm: await program('helm'),
  };
}
