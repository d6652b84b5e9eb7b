import { useQueryClient } from '@tanstack/react-query';
import { isTauri } from '@tauri-apps/api/core';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useReducer,
  useRef,
} from 'react';
import { type CallOptions, call, randomId } from '../../../ipc/client';
import { CommandFailure, isCancelled } from '../../../ipc/errors';
import type { ExportResponse } from '../../../ipc/generated';
import { pastExportsQuery } from '../../pastExports/pastExports';
import { useExportSession } from './ExportSession';
import { type Job, type JobRequest, nextJob } from './job';
import { keepStarted, lastStarted } from './started';

interface Running {
  job: Job;
  start: (request: JobRequest) => void;
  cancel: () => void;
  dismiss: () => void;
}

/** Under which the page knows the exports that were killed: one that ends may be one of them. */
export const interruptedKey = ['interrupted-exports'];

type WatchOptions = Pick<CallOptions<'ai_export_dataset'>, 'signal' | 'onProgress'>;

const JobContext = createContext<Running | null>(null);

/** Runs the page's one export at a time, whichever screen is shown. */
export function RunningExport({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const { showReport } = useExportSession();
  const [job, send] = useReducer(nextJob, { state: 'idle' });
  const controller = useRef<AbortController>(null);

  /** Shows the export that `ask` begins or follows, to its end. */
  const watch = useCallback(
    async (request: JobRequest, ask: (options: WatchOptions) => Promise<ExportResponse>) => {
      controller.current = new AbortController();
      send({ type: 'started', request });
      try {
        const result = await ask({
          signal: controller.current.signal,
          onProgress: (progress) => send({ type: 'progressed', progress }),
        });
        await queries.prefetchQuery(pastExportsQuery);
        keepStarted(null);
        showReport(result.when);
        send({ type: 'finished', result });
      } catch (error) {
        // A page that is being left sees its request break off, though the export goes on.
        if (error instanceof CommandFailure && error.code !== 'disconnected') {
          keepStarted(null);
        }
        send(isCancelled(error) ? { type: 'cancelled' } : { type: 'failed', error });
      }
      void queries.invalidateQueries({ queryKey: interruptedKey });
    },
    [queries, showReport],
  );
  const start = useCallback(
    (request: JobRequest) => {
      const id = randomId();
      keepStarted({ id, request });
      return watch(request, (options) =>
        call('ai_export_dataset', request, { ...options, requestId: id }),
      );
    },
    [watch],
  );
  useFollowAfterReload(watch);
  const running = useMemo<Running>(
    () => ({
      job,
      start: (request) => void start(request),
      cancel: () => {
        send({ type: 'stopping' });
        controller.current?.abort();
      },
      dismiss: () => send({ type: 'dismissed' }),
    }),
    [job, start],
  );
  useAskBeforeUnload(job.state === 'running');
  return <JobContext value={running}>{children}</JobContext>;
}

/** Takes up the export that was running when the page was reloaded. */
function useFollowAfterReload(
  watch: (
    request: JobRequest,
    ask: (options: WatchOptions) => Promise<ExportResponse>,
  ) => Promise<void>,
): void {
  const isFirst = useRef(true);
  useEffect(() => {
    const started = isFirst.current ? lastStarted() : null;
    isFirst.current = false;
    if (started !== null) {
      void watch(started.request, (options) =>
        call('export_follow', { exportId: started.id }, options),
      );
    }
  }, [watch]);
}

export function useExportJob(): Running {
  const running = useContext(JobContext);
  if (running === null) {
    throw new Error('outside of RunningExport');
  }
  return running;
}

/** Closing a browser's tab would stop the export; the window asks by itself. */
function useAskBeforeUnload(isRunning: boolean): void {
  useEffect(() => {
    if (!isRunning || isTauri()) {
      return;
    }
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isRunning]);
}
