/** Entries of a page of the list. */
export const PAGE = 200;

/** Under which keys the page remembers what the program answered. */
export const libraryKeys = {
  all: ['library'] as const,
  summary: (root: string) => ['library', 'summary', root] as const,
  progress: ['library', 'progress'] as const,
  lists: ['library', 'list'] as const,
  list: (root: string, generation: number) => ['library', 'list', root, generation] as const,
  /** The same list, with what has the words in its texts. Begins as `list` does: both change together. */
  textList: (root: string, generation: number) =>
    ['library', 'list', root, generation, 'texts'] as const,
  pages: ['library', 'page'] as const,
  page: (listing: string, page: number) => ['library', 'page', listing, page] as const,
  unusable: (root: string) => ['library', 'unusable', root] as const,
  readings: ['library', 'read'] as const,
  reading: (root: string, record: string) => ['library', 'read', root, record] as const,
};
