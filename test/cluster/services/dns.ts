import { controlPlaneAddresses, dnsDomain } from '../layout.ts';

export const dnsUser = 'system:coredns';

/** Configuration of CoreDNS: names of Services and pods, nothing else. Answers at the control plane's address. */
export function corefile(kubeconfig: string): string {
  return `.:53 {
  bind ${controlPlaneAddresses.IPv4}
  errors
  health 127.0.0.1:8092
  ready 127.0.0.1:8093
  kubernetes ${dnsDomain} in-addr.arpa ip6.arpa {
    kubeconfig ${kubeconfig}
    pods insecure
    ttl 5
  }
  cache 5
}
`;
}
