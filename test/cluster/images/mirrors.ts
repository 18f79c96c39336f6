/** Debian's archives: of the release and its updates, and of its security fixes. */
export interface Mirrors {
  readonly main: string;
  readonly security: string;
}

export const release = 'bookworm';

/**
 * The archives that this machine's apt is set to.
 * @param targets lines `SITE CODENAME` of apt-get indextargets
 * @throws with what to do, where apt knows no archive of the release
 */
export function mirrorsOf(targets: string): Mirrors {
  const sites = new Map(
    targets.split('\n').flatMap((line) => {
      const [site, suite] = line.trim().split(/\s+/);
      return site !== undefined && suite !== undefined ? [[suite, site.replace(/\/$/, '')]] : [];
    }),
  );
  const site = (suite: string) => {
    const found = sites.get(suite);
    if (found === undefined)
      throw new Error(
        `apt of this machine has no archive of ${suite}, from which images are made: add one to /etc/apt/sources.list.d and run apt-get update`,
      );
    return found;
  };
  return { main: site(release), security: site(`${release}-security`) };
}

/** A sources file of apt for these archives. */
export function aptSources({ main, security }: Mirrors): string {
  return `${source(main, [release, `${release}-updates`])}\n${source(security, [`${release}-security`])}`;
}

function source(site: string, suites: readonly string[]): string {
  const signedBy = '/usr/share/keyrings/debian-archive-keyring.gpg';
  return `Types: deb\nURIs: ${site}\nSuites: ${suites.join(' ')}\nComponents: main\nSigned-By: ${signedBy}\n`;
}
