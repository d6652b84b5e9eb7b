import type { ListRequest } from '../../ipc/generated';

export type Filters = Required<Omit<ListRequest, 'listing' | 'offset' | 'limit'>>;
export type Kind = Filters['kinds'][number];
export type RatedState = Filters['state'];
export type Sort = Filters['sort'];

export const kinds: readonly Kind[] = [
  'conversation',
  'article',
  'element',
  'requirement',
  'chunk',
];
export const sorts: readonly Sort[] = ['newest', 'oldest', 'title', 'best', 'worst'];
export const LOWEST = 1;
export const HIGHEST = 5;

export const noFilters: Filters = {
  text: '',
  folder: '',
  kinds: [],
  tags: [],
  since: '',
  until: '',
  state: 'any',
  lowest: LOWEST,
  highest: HIGHEST,
  sort: 'newest',
};

/** One thing that keeps entries off the list, to be shown and taken away by itself. */
export type ActiveFilter =
  | { name: 'text' | 'folder' | 'tag' | 'since' | 'until'; value: string }
  | { name: 'kind'; value: Kind }
  | { name: 'state'; value: Exclude<RatedState, 'any'> }
  | { name: 'rating'; lowest: number; highest: number };

export function activeFilters(filters: Filters): ActiveFilter[] {
  const active: ActiveFilter[] = [];
  for (const name of ['text', 'folder'] as const) {
    if (filters[name].trim() !== '') {
      active.push({ name, value: filters[name].trim() });
    }
  }
  active.push(...filters.kinds.map((value) => ({ name: 'kind' as const, value })));
  if (filters.state !== 'any') {
    active.push({ name: 'state', value: filters.state });
  }
  if (limitsRating(filters)) {
    active.push({ name: 'rating', lowest: filters.lowest, highest: filters.highest });
  }
  active.push(...filters.tags.map((value) => ({ name: 'tag' as const, value })));
  for (const name of ['since', 'until'] as const) {
    if (filters[name] !== '') {
      active.push({ name, value: filters[name] });
    }
  }
  return active;
}

/** Whether the range of ratings keeps anything out; the unrated have no rating to compare. */
export function limitsRating({ state, lowest, highest }: Filters): boolean {
  return state !== 'unrated' && (lowest > LOWEST || highest < HIGHEST);
}

export function withoutFilter(filters: Filters, taken: ActiveFilter): Filters {
  switch (taken.name) {
    case 'kind':
      return { ...filters, kinds: filters.kinds.filter((kind) => kind !== taken.value) };
    case 'tag':
      return { ...filters, tags: filters.tags.filter((tag) => tag !== taken.value) };
    case 'state':
      return { ...filters, state: 'any' };
    case 'rating':
      return { ...filters, lowest: LOWEST, highest: HIGHEST };
    default:
      return { ...filters, [taken.name]: '' };
  }
}

/** All entries again, in the order that was chosen. */
export function withoutFilters(filters: Filters): Filters {
  return { ...noFilters, sort: filters.sort };
}
