/** Debian's archives: of the release and its updates, and of its security fixes. */
export interface Mirrors {
  readonly main: string;
  readonly security: string;
}

export const release = 'bookworm';

/**
 * The archives that this machine's apt is set to, or Debian's own where it is set to another release.
 * @param targets lines `SITE SUITE` of apt-get indextargets
 */
export function mirrorsOf(targets: string): Mirrors {
  const sites = new Map(
    targets.split('\n').flatMap((line) => {
      const [site, suite] = line.trim().split(/\s+/);
      return site !== undefined && suite !== undefined ? [[suite, site.replace(/\/$/, '')]] : [];
    }),
  );
  return {
    main: sites.get(release) ?? 'http://deb.debian.org/debian',
    security: sites.get(`${release}-security`) ?? 'http://deb.debian.org/debian-security',
  };
}

/** A sources file of apt for these archives. */
export function aptSources({ main, security }: Mirrors): string {
  return `${source(main, [release, `${release}-updates`])}\n${source(security, [`${release}-security`])}`;
}

function source(site: string, suites: readonly string[]): string {
  const signedBy = '/usr/share/keyrings/debian-archive-keyring.gpg';
  return `Types: deb\nURIs: ${site}\nSuites: ${suites.join(' ')}\nComponents: main\nSigned-By: ${signedBy}\n`;
}
