import { controlPlaneAddresses } from '../layout.ts';

/** Where an add-on's admission webhooks are described, and how they are reached. */
export interface Webhooks {
  /** Path of the manifests in the add-on's Go module. */
  readonly manifests: string;
  readonly port: number;
  /** Further fields by name of a webhook: upstream narrows these when it is deployed. */
  readonly narrowed: Readonly<Record<string, object>>;
}

interface Webhook {
  readonly name: string;
  readonly clientConfig: { readonly service: { readonly path: string } };
}

interface Configuration {
  readonly metadata: object;
  readonly webhooks: readonly Webhook[];
}

/**
 * Webhook configurations whose webhooks are called at the control plane's address, as an add-on is no Service here.
 * @param name replaces the one that upstream gives all of them, in every project
 * @param authority PEM text of the authority that the serving certificate is from
 */
export function webhooksByUrl(given: readonly object[], name: string, source: Webhooks, authority: string): object[] {
  const caBundle = Buffer.from(authority).toString('base64');
  const byUrl = ({ clientConfig: { service }, ...rest }: Webhook) => {
    const url = `https://${controlPlaneAddresses.IPv4}:${source.port}${service.path}`;
    return { ...rest, ...source.narrowed[rest.name], clientConfig: { url, caBundle } };
  };
  const renamed = ({ metadata, webhooks, ...rest }: Configuration) => {
    return { ...rest, metadata: { ...metadata, name }, webhooks: webhooks.map(byUrl) };
  };
  return (given as readonly Configuration[]).map(renamed);
}
