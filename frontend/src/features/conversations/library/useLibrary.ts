import { type QueryClient, skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../ipc/client';
import type { LibraryResponse, TaskProgress } from '../../../ipc/generated';
import { scanKey } from '../../privacy/findings/useScan';
import { askAgain } from '../view';
import { libraryKeys } from './keys';

let reading = new AbortController();

/**
 * What lies in the data folder. It is read once; reading goes on while another screen is shown.
 */
export function useLibrary(root: string) {
  const queries = useQueryClient();
  const library = useQuery<LibraryResponse>({
    queryKey: libraryKeys.summary(root),
    queryFn: () => read(queries, false),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
  const progress = useQuery<TaskProgress | null>({
    queryKey: libraryKeys.progress,
    queryFn: skipToken,
  });
  const readAgain = () => {
    const again = queries.fetchQuery({
      queryKey: libraryKeys.summary(root),
      queryFn: () => read(queries, true),
      staleTime: 0,
    });
    // A failure is the query's, which shows it.
    again.then(askAgain, () => {});
    void queries.invalidateQueries({ queryKey: libraryKeys.unusable(root) });
    void queries.invalidateQueries({ queryKey: scanKey });
  };
  return {
    library,
    progress: library.isFetching ? (progress.data ?? null) : null,
    /** Stops reading; what was read before stays. */
    stop: () => reading.abort(),
    readAgain,
  };
}

async function read(queries: QueryClient, refresh: boolean): Promise<LibraryResponse> {
  reading = new AbortController();
  queries.setQueryData(libraryKeys.progress, null);
  return call(
    'library_open',
    { refresh },
    {
      signal: reading.signal,
      onProgress: (progress) => queries.setQueryData(libraryKeys.progress, progress),
    },
  );
}
