import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call } from '../../../ipc/client';
import type { LibraryEntry, ListResponse } from '../../../ipc/generated';
import { askAgain, currentView, moveCursorTo, useView } from '../view';
import { libraryKeys, PAGE } from './keys';
import { type TextSearch, useTextSearch } from './useTextSearch';

/** Milliseconds that a page stays in sight before it is fetched: the bar may be dragged past it. */
const SETTLE = 60;

export interface Listing {
  total: number | undefined;
  error: unknown;
  /** Another list was asked for; this is still the one before. */
  isOutdated: boolean;
  /** The entry at a place; undefined while its page is on its way. */
  entryAt: (index: number) => LibraryEntry | undefined;
  /** Say which places are in sight, so that their pages are fetched. */
  show: (first: number, last: number) => void;
  retry: () => void;
  texts: TextSearch;
}

/** The list that the filters ask for, page by page, as it was when it was asked for. */
export function useListing(): Listing {
  const queries = useQueryClient();
  const { root, filters, generation } = useView();
  const [inSight, setInSight] = useState({ first: 0, last: 0 });
  const [settled] = useDebouncedValue(inSight, SETTLE);

  const texts = useTextSearch();
  const known = useQuery<ListResponse>({
    queryKey: libraryKeys.list(root, generation),
    queryFn: () => call('library_list', { ...filters, limit: PAGE }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const first = texts.found ?? known.data;
  const listing = first?.listing ?? '';
  const total = first?.total;
  useKeepPlace(known.data, texts.found);

  const last = Math.min(settled.last, Math.ceil((total ?? 0) / PAGE) - 1);
  const others = useQueries({
    queries: range(Math.max(settled.first, 1), last).map((page) => ({
      queryKey: libraryKeys.page(listing, page),
      queryFn: () =>
        call('library_list', { ...filters, listing, offset: page * PAGE, limit: PAGE }),
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 60_000,
    })),
  });
  const failed = others.find((page) => page.isError);
  const isForgotten = others.some((page) => page.data && page.data.listing !== listing);
  useEffect(() => {
    if (isForgotten) {
      askAgain();
    }
  }, [isForgotten]);

  return {
    total,
    error: known.error ?? texts.error ?? failed?.error ?? null,
    isOutdated: known.isPlaceholderData && texts.found === undefined,
    entryAt: (index) => {
      const page = Math.floor(index / PAGE);
      const answered =
        page === 0 ? first : queries.getQueryData<ListResponse>(libraryKeys.page(listing, page));
      return answered?.entries[index - page * PAGE];
    },
    show: (from, to) => {
      const pages = { first: Math.floor(from / PAGE), last: Math.floor(to / PAGE) };
      if (pages.first !== inSight.first || pages.last !== inSight.last) {
        setInSight(pages);
      }
    },
    retry: () => (known.isError || failed === undefined ? askAgain() : void failed.refetch()),
    texts,
  };
}

/** The cursor stays on its entry when the longer list takes the place of the one before. */
function useKeepPlace(before: ListResponse | undefined, after: ListResponse | undefined): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the longer list arrives.
  useEffect(() => {
    const record = before?.entries[currentView().cursor]?.record;
    const place = after?.entries.findIndex((entry) => entry.record === record) ?? -1;
    if (place >= 0) {
      moveCursorTo(place);
    }
  }, [after]);
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, step) => first + step);
}
