import { HttpsTransport } from '../../operator/kube/https-transport.ts';
import { loadKubeConfig } from '../../operator/kube/kubeconfig.ts';
import { startControlPlane } from '../cluster/control-plane.ts';
import type { ControlPlane } from '../cluster/control-plane.ts';

export interface RealServer {
  controlPlane: ControlPlane;
  transport: HttpsTransport;
  stop(): Promise<void>;
}

/** Starts a kube-apiserver. @throws Error that says how the suite can be left out where none can run */
export async function startRealServer(): Promise<RealServer> {
  try {
    const controlPlane = await startControlPlane();
    const transport = new HttpsTransport(await loadKubeConfig({ kubeconfig: controlPlane.kubeconfig }));
    return {
      controlPlane,
      transport,
      stop: async () => {
        await transport.close();
        await controlPlane.stop();
      },
    };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `no kube-apiserver could be started: ${why}\nset KUBEBUILDER_ASSETS to a folder with etcd and kube-apiserver, install Go to ` +
        'have them built, or leave this suite out with ASSAY_SKIP=contract',
      { cause },
    );
  }
}
