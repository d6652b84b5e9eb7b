import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call } from '../../../ipc/client';
import type { ListResponse, TaskProgress } from '../../../ipc/generated';
import { useView } from '../view';
import { libraryKeys, PAGE } from './keys';

/** Milliseconds that a search rests before the texts are read for it, too. */
const REST = 350;

export interface TextSearch {
  /** The list with what has the words in its texts; undefined until they are read. */
  found: ListResponse | undefined;
  error: unknown;
  isSearching: boolean;
  /** From 0 to 1; null while that cannot be told. */
  done: number | null;
  stop: () => void;
}

/**
 * Looks for the words of a search in the texts, too. That means reading them, so the list shows
 * what it knows by itself until this has ended; another search ends it at once.
 */
export function useTextSearch(): TextSearch {
  const queries = useQueryClient();
  const { root, filters, generation } = useView();
  const isWanted = filters.text.trim() !== '';
  const isRested = useRested(generation);
  const [progress, setProgress] = useState<TaskProgress | null>(null);
  const queryKey = libraryKeys.textList(root, generation);
  const query = useQuery<ListResponse>({
    queryKey,
    enabled: isWanted && isRested,
    queryFn: ({ signal }) => {
      setProgress(null);
      return call(
        'library_search',
        { ...filters, limit: PAGE },
        { signal, onProgress: setProgress },
      );
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  const isReading = progress !== null && progress.stage === 'reading' && progress.total !== null;
  return {
    found: isWanted ? query.data : undefined,
    error: query.error,
    isSearching: isWanted && query.isFetching,
    done: isReading ? progress.done / (progress.total || 1) : null,
    stop: () => void queries.cancelQueries({ queryKey }),
  };
}

/** Whether the same list has been asked for since a moment. */
function useRested(generation: number): boolean {
  const [rested, setRested] = useState(-1);
  useEffect(() => {
    const timer = setTimeout(() => setRested(generation), REST);
    return () => clearTimeout(timer);
  }, [generation]);
  return rested === generation;
}
