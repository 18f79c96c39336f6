import { ProcessKubelet } from '../../local/kubelet/kubelet.ts';
import { definitionOf, kinds } from '../../operator/api/crds.ts';
import { KubeClient } from '../../operator/kube/client.ts';
import type { Clock } from '../../operator/kube/clock.ts';
import { systemClock } from '../../operator/kube/clock.ts';
import { HttpsTransport } from '../../operator/kube/https-transport.ts';
import { loadKubeConfig } from '../../operator/kube/kubeconfig.ts';
import { customResourceDefinitions, namespaces } from '../../operator/kube/object.ts';
import type { KubeObject, Resource } from '../../operator/kube/object.ts';
import type { Transport } from '../../operator/kube/transport.ts';
import { Operator } from '../../operator/operator.ts';
import type { ControlPlane } from '../cluster/control-plane.ts';
import { startControlPlane } from '../cluster/control-plane.ts';
import { type Rendered, render, rightsIn, type Values } from './chart.ts';
import { TestNamespace } from './namespace.ts';
import type { Request } from './requests.ts';
import { requestsIn } from './requests.ts';
import { until } from './until.ts';

/** The account that the operator has where the chart is installed in the namespace `default`: all its rights are the chart's. */
export const operatorUser = 'system:serviceaccount:default:assay-operator';

const rbac = { group: 'rbac.authorization.k8s.io', version: 'v1' };
const accessReviews: Resource = {
  group: 'authorization.k8s.io',
  version: 'v1',
  plural: 'subjectaccessreviews',
  kind: 'SubjectAccessReview',
};

interface Established extends KubeObject {
  status?: { conditions?: { type: string; status: string }[] };
  spec: object;
}

/** A real API server with Assay's kinds and an audit log; kubelets and operators in this process as a test wants them. */
export class TestCluster {
  readonly controlPlane: ControlPlane;
  /** As administrator. */
  readonly client: KubeClient;
  readonly #ends: (() => Promise<void>)[] = [];
  #namespaces = 0;

  private constructor(controlPlane: ControlPlane, client: KubeClient) {
    this.controlPlane = controlPlane;
    this.client = client;
  }

  /**
   * @param controllers also start garbage collector and namespace controller
   * @param bare without the kinds of Assay and the rights of its operator
   * @param values of the chart, for the rights
   */
  static async start({
    controllers = false,
    bare = false,
    values = {},
  }: { controllers?: boolean; bare?: boolean; values?: Values } = {}): Promise<TestCluster> {
    const controlPlane = await startControlPlane({ audit: true });
    try {
      const cluster = new TestCluster(controlPlane, new KubeClient(await transportOf(controlPlane.kubeconfig)));
      if (!bare) await cluster.#install(values);
      if (controllers) await controlPlane.startControllers();
      return cluster;
    } catch (error) {
      await controlPlane.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    for (const end of this.#ends.toReversed()) await end();
    await this.client.close();
    await this.controlPlane.stop();
  }

  /** A namespace of one test's own. */
  async namespace(labels: Record<string, string> = {}): Promise<TestNamespace> {
    const name = `test-${++this.#namespaces}`;
    await this.client.create(namespaces, { metadata: { name, labels } });
    return new TestNamespace(this, name);
  }

  /** Two nodes that run pods as local processes. */
  async startKubelet(): Promise<void> {
    const { kubeconfig } = await this.controlPlane.user('kubelet', ['system:masters']);
    const client = new KubeClient(await transportOf(kubeconfig));
    const kubelet = new ProcessKubelet({ client });
    this.#ends.push(
      () => client.close(),
      () => kubelet.stop(),
    );
    await kubelet.start();
  }

  /** A way to the API server with the operator's rights. */
  async operatorTransport(): Promise<HttpsTransport> {
    return await transportOf((await this.controlPlane.user(operatorUser)).kubeconfig);
  }

  /** The operator with the rights of the chart, as long as the cluster is there. */
  async startOperator(): Promise<void> {
    const transport = await this.operatorTransport();
    const operator = await startOperator(transport);
    this.#ends.push(
      () => transport.close(),
      () => operator.stop(),
    );
  }

  /** What the audit log has of an operator's requests, those in `namespace` or all. */
  async operatorRequests(namespace?: string, user = operatorUser): Promise<Request[]> {
    return (await this.#requestsOf(user)).filter((request) => namespace === undefined || request.namespace === namespace);
  }

  /**
   * The requests of an operator that RBAC refused. A quota's refusal has the same code, but is no matter of rights.
   * @throws Error when nothing was asked at all
   */
  async missingRights(user = operatorUser): Promise<Request[]> {
    const requests = await this.#requestsOf(user);
    if (requests.length === 0) throw new Error('the audit log has no request of the operator');
    return requests.filter(({ code, decision }) => code === 401 || (code === 403 && decision !== 'allow'));
  }

  /** Creates roles and bindings. */
  async grant(rights: readonly Rendered[]): Promise<void> {
    for (const { kind, ...object } of rights) {
      await this.client.create({ ...rbac, plural: `${kind.toLowerCase()}s`, kind }, object, { fieldValidation: 'Strict' });
    }
  }

  async #requestsOf(user: string): Promise<Request[]> {
    return (await requestsIn(this.controlPlane.auditLog ?? '')).filter((request) => request.user === user);
  }

  async #install(values: Values): Promise<void> {
    for (const kind of kinds) await this.client.create(customResourceDefinitions, definitionOf(kind), { fieldValidation: 'Strict' });
    for (const kind of kinds) await this.#established(definitionOf(kind).metadata.name);
    await this.grant(rightsIn(await render(values, { namespace: 'default' })));
    await until('the rights of the operator', () => this.#isAllowed());
  }

  async #established(name: string): Promise<void> {
    await until(`${name} established`, async () => {
      const { status } = await this.client.get<Established>(customResourceDefinitions, { name });
      return status?.conditions?.find((condition) => condition.type === 'Established' && condition.status === 'True');
    });
  }

  /** The authorizer learns of a binding a moment after it is written. */
  async #isAllowed(): Promise<true | undefined> {
    const resourceAttributes = { verb: 'list', group: 'assay.dev', resource: 'benchmarks' };
    const review: KubeObject & { spec: object; status?: { allowed: boolean } } = {
      metadata: { name: '' },
      spec: { user: operatorUser, resourceAttributes },
    };
    return (await this.client.create(accessReviews, review)).status?.allowed === true ? true : undefined;
  }
}

/** The operator in this process, on any way to the API server. @param clock of its waits, those for replies excepted */
export async function startOperator(transport: Transport, clock: Clock = systemClock): Promise<Operator> {
  const operator = new Operator({ client: new KubeClient(transport), clock, images: { tag: 'test' } });
  await operator.watch();
  await operator.work();
  return operator;
}

async function transportOf(kubeconfig: string): Promise<HttpsTransport> {
  return new HttpsTransport(await loadKubeConfig({ kubeconfig }));
}
