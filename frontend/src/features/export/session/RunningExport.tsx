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
import { call } from '../../../ipc/client';
import { CommandFailure } from '../../../ipc/errors';
import { pastExportsQuery } from '../../exports/pastExports';
import { useExportSession } from './ExportSession';
import { type Job, type JobRequest, nextJob } from './job';

interface Running {
  job: Job;
  start: (request: JobRequest) => void;
  cancel: () => void;
  dismiss: () => void;
}

const JobContext = createContext<Running | null>(null);

/** Runs the page's one export at a time, whichever screen is shown. */
export function RunningExport({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const { showReport } = useExportSession();
  const [job, send] = useReducer(nextJob, { state: 'idle' });
  const controller = useRef<AbortController>(null);

  const start = useCallback(
    async (request: JobRequest) => {
      controller.current = new AbortController();
      send({ type: 'started', request });
      try {
        const result = await call('ai_export_dataset', request, {
          signal: controller.current.signal,
          onProgress: (progress) => send({ type: 'progressed', progress }),
        });
        await queries.prefetchQuery(pastExportsQuery);
        showReport(result.when);
        send({ type: 'finished', result });
      } catch (error) {
        const wasCancelled = error instanceof CommandFailure && error.code === 'cancelled';
        send(wasCancelled ? { type: 'cancelled' } : { type: 'failed', error });
      }
    },
    [queries, showReport],
  );
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

export function useExportJob(): Running {
  const running = useContext(JobContext);
  if (running === null) {
    throw new Error('outside of RunningExport');
  }
  return running;
}

/** Closing or reloading a browser's tab would stop the export; the window asks by itself. */
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
