import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { call } from '../../../ipc/client';
import { CommandFailure } from '../../../ipc/errors';
import type { ForgetPlan, TaskProgress } from '../../../ipc/generated';
import { libraryKeys } from '../../conversations/library/keys';
import { pastExportsQuery } from '../pastExports';
import { forgottenKey } from './forgotten';

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
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: forgottenKey }),
        queries.invalidateQueries({ queryKey: libraryKeys.readings }),
        queries.invalidateQueries({ queryKey: ['export-preview'] }),
      ]),
    // The list of records is written before the first dataset is made again.
    // The plan may be what has changed meanwhile.
    onError: () => queries.invalidateQueries({ queryKey: ['forget-plan'] }),
  });
  const takeBack = useMutation({
    mutationFn: async ({ records }: ForgetPlan) => {
      for (const record of records) {
        await call('record_take_back', { record });
      }
    },
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: forgottenKey }),
        queries.invalidateQueries({ queryKey: libraryKeys.readings }),
      ]),
  });
  const wasStopped = forget.error instanceof CommandFailure && forget.error.code === 'cancelled';
  return {
    forget,
    takeBack,
    progress,
    wasStopped,
    stop: () => stop.current.abort(),
    refreshList: () => queries.fetchQuery({ ...pastExportsQuery, staleTime: 0 }),
  };
}
