import type { ExportResponse, TaskProgress } from '../../../ipc/generated';
import { isSameRecipe, type Recipe } from './recipe';

/** What was asked for. */
export interface JobRequest {
  outputPath: string;
  recipe: Recipe;
}

/** The one export that this page has running, or how the last one ended. */
export type Job =
  | { state: 'idle' }
  | { state: 'running'; request: JobRequest; progress: TaskProgress | null; isStopping: boolean }
  | { state: 'done'; result: ExportResponse }
  | { state: 'failed'; request: JobRequest; error: unknown }
  | { state: 'cancelled'; request: JobRequest };

export type JobEvent =
  | { type: 'started'; request: JobRequest }
  | { type: 'progressed'; progress: TaskProgress }
  | { type: 'stopping' }
  | { type: 'finished'; result: ExportResponse }
  | { type: 'failed'; error: unknown }
  | { type: 'cancelled' }
  | { type: 'dismissed' };

export function nextJob(job: Job, event: JobEvent): Job {
  if (event.type === 'started') {
    return { state: 'running', request: event.request, progress: null, isStopping: false };
  }
  if (event.type === 'dismissed') {
    return job.state === 'running' ? job : { state: 'idle' };
  }
  // The rest speaks of a running export; what comes late changes nothing.
  if (job.state !== 'running') {
    return job;
  }
  switch (event.type) {
    case 'progressed':
      return { ...job, progress: event.progress };
    case 'stopping':
      return { ...job, isStopping: true };
    case 'finished':
      return { state: 'done', result: event.result };
    case 'failed':
      return { state: 'failed', request: job.request, error: event.error };
    case 'cancelled':
      return { state: 'cancelled', request: job.request };
  }
}

/** Whether an export ended badly that was asked for just like this: what is said of it still holds. */
export function endedBadly(
  job: Job,
  { outputPath, recipe }: JobRequest,
): job is Extract<Job, { state: 'failed' | 'cancelled' }> {
  return (
    (job.state === 'failed' || job.state === 'cancelled') &&
    job.request.outputPath === outputPath &&
    isSameRecipe(job.request.recipe, recipe)
  );
}

/**
 * How far an export is, from 0 to 1; null while that cannot be told. Reading takes nearly all of
 * the time, and how many rows will be compared and written is not known.
 */
export function fractionDone(progress: TaskProgress | null): number | null {
  if (progress === null || progress.stage === 'counting') {
    return null;
  }
  if (progress.stage === 'comparing' || progress.stage === 'writing') {
    return 1;
  }
  return progress.total ? progress.done / progress.total : null;
}
