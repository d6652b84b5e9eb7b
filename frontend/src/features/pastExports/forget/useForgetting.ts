import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { call } from '../../../ipc/client';
import { isCancelled } from '../../../ipc/errors';
import type { ForgetPlan, TaskProgress } from '../../../ipc/generated';
import { pastExportsQuery } from '../pastExports';
import { askAgainAfterForgetting } from './forgotten';

/** Carries out a plan that the user agreed to, stops it when asked to, and takes it back. */
export function useForgetting() {
  const queries = useQueryClient();
  const stop = useRef(new AbortController());
  const [progress, setProgress] = useState<TaskProgress | null>(null);
  const forget = useMutation({
    mutationFn: ({ record, records }: ForgetPlan) => {
      stop.current = new AbortController();
      return call(
        'record_forget',
        { record, agreed: records },
        { signal: stop.current.signal, onProgress: setProgress },
      );
    },
    // Also of one that was stopped: the list is written before the first dataset is made again.
    onSettled: () => askAgainAfterForgetting(queries),
    // The plan may be what has changed meanwhile.
    onError: () => queries.invalidateQueries({ queryKey: ['forget-plan'] }),
  });
  const takeBack = useMutation({
    mutationFn: async ({ records }: ForgetPlan) => {
      for (const record of records) {
        await call('record_take_back', { record });
      }
    },
    onSettled: () => askAgainAfterForgetting(queries),
  });
  return {
    forget,
    takeBack,
    progress,
    wasStopped: isCancelled(forget.error),
    stop: () => stop.current.abort(),
    refreshList: () => queries.fetchQuery({ ...pastExportsQuery, staleTime: 0 }),
  };
}
