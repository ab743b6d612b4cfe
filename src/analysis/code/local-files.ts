/** Where the path in a `require` leads: to a file of the project, or nowhere, for a reason in words behind the path. */
export type LocalLink =
  { readonly source: string; readonly path: string } | { readonly source: string; readonly problem: string };

/** A file of the project that a function loads, by its path from the top of the project. */
export interface LocalFile {
  readonly path: string;
  readonly text: string;
  readonly links: readonly LocalLink[];
}

/** A function's file and all files of the project that it may load. Plain data: it goes to threads, and into keys. */
export interface LocalFiles {
  readonly path: string;
  readonly links: readonly LocalLink[];
  readonly files: readonly LocalFile[];
}

/** Whether a `require` names a file and no package. */
export function isLocalSource(source: string): boolean {
  return /^\.{0,2}(?:\/|$)/u.test(source);
}

/** Where a path in a file leads; undefined where nobody looked. */
export function linkOf(links: readonly LocalLink[], source: string): LocalLink | undefined {
  return links.find((link) => link.source === source);
}

/** The files that a function loads by one of its `require` calls, the first way that is as long as any: for messages. */
export function chainFrom(local: LocalFiles, source: string): readonly string[] {
  const longest = (links: readonly LocalLink[], wanted: string, seen: readonly string[]): readonly string[] => {
    const link = linkOf(links, wanted);
    if (link === undefined || !("path" in link) || seen.includes(link.path)) {
      return [];
    }
    const file = local.files.find(({ path }) => path === link.path);
    const rests = (file?.links ?? []).map((next) => longest(file?.links ?? [], next.source, [...seen, link.path]));
    const rest = rests.reduce((best, each) => (each.length > best.length ? each : best), []);
    return [link.path, ...rest];
  };
  return longest(local.links, source, [local.path]);
}
