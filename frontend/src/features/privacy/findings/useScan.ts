import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../ipc/client';
import type { PrivacyScanResponse, TaskProgress } from '../../../ipc/generated';
import { useSettings } from '../../../ipc/settings';
import type { Recipe } from '../../export/session/recipe';
import { type FindingType, toReview } from '../decisions';

const PAGE = 50;

/** Under which key the page remembers what was found; what is decided changes nothing of it. */
export const scanKey = ['privacy-scan'];

export interface Scan {
  found: PrivacyScanResponse | undefined;
  error: unknown;
  isLooking: boolean;
  progress: TaskProgress | null;
  stop: () => void;
  lookAgain: () => void;
}

/** Looks for sensitive data in what an export by the recipe would take. */
export function useScan(recipe: Recipe): Scan {
  const queries = useQueryClient();
  const root = useSettings().data?.dataFolder.path;
  const [progress, setProgress] = useState<TaskProgress | null>(null);
  const looked = toReview(recipe);
  const queryKey = [...scanKey, root, looked];
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => {
      setProgress(null);
      return call('privacy_scan', { recipe: looked }, { signal, onProgress: setProgress });
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  return {
    found: query.data,
    error: query.error,
    isLooking: query.isFetching,
    progress,
    stop: () => void queries.cancelQueries({ queryKey }),
    lookAgain: () => void query.refetch(),
  };
}

/** The values of one type that a scan found, the commonest first, page by page. */
export function useValues(scan: string, type: FindingType) {
  return useInfiniteQuery({
    queryKey: ['privacy-values', scan, type],
    queryFn: ({ pageParam }) =>
      call('privacy_values', { scan, type, offset: pageParam, limit: PAGE }),
    initialPageParam: 0,
    getNextPageParam: ({ total }, pages) => {
      const known = pages.reduce((sum, page) => sum + page.values.length, 0);
      return known < total ? known : undefined;
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    placeholderData: keepPreviousData,
  });
}
