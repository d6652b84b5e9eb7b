import { describe, expect, it } from 'vitest';
import {
  type ActiveFilter,
  activeFilters,
  type Filters,
  limitsRating,
  noFilters,
  withoutFilter,
  withoutFilters,
} from './filters';

const all: Filters = {
  text: ' drone ',
  folder: 'un2/default',
  kinds: ['conversation', 'article'],
  tags: ['a', 'b'],
  since: '2025-01-01',
  until: '2025-02-01',
  state: 'rated',
  lowest: 2,
  highest: 4.5,
  sort: 'best',
};

const active: ActiveFilter[] = [
  { name: 'text', value: 'drone' },
  { name: 'folder', value: 'un2/default' },
  { name: 'kind', value: 'conversation' },
  { name: 'kind', value: 'article' },
  { name: 'state', value: 'rated' },
  { name: 'rating', lowest: 2, highest: 4.5 },
  { name: 'tag', value: 'a' },
  { name: 'tag', value: 'b' },
  { name: 'since', value: '2025-01-01' },
  { name: 'until', value: '2025-02-01' },
];

describe('the filters in use', () => {
  it('are none to begin with; the order is none', () => {
    expect(activeFilters({ ...noFilters, sort: 'worst' })).toEqual([]);
  });

  it('are named one by one', () => {
    expect(activeFilters(all)).toEqual(active);
  });

  it.each(active)('are taken away one by one: $name', (taken) => {
    expect(activeFilters(withoutFilter(all, taken))).toEqual(
      active.filter((filter) => filter !== taken),
    );
  });

  it('are taken away together, and the order stays', () => {
    expect(withoutFilters(all)).toEqual({ ...noFilters, sort: 'best' });
  });

  it('say nothing of ratings where only the unrated are wanted', () => {
    expect(limitsRating({ ...all, state: 'unrated' })).toBe(false);
    expect(limitsRating({ ...noFilters, highest: 4.5 })).toBe(true);
  });
});
