import { queryOptions } from '@tanstack/react-query';
import { call } from '../../ipc/client';
import { isAtWork } from './runs/states';

const SOON = 1000;
const LATER = 5000;

/** What a new training may start from, and what this machine has for it. */
export const presetsQuery = queryOptions({
  queryKey: ['training-presets'],
  queryFn: () => call('training_presets', {}),
  staleTime: Number.POSITIVE_INFINITY,
});

/** The trainings of this machine, newest first; looked at again as long as one is at work. */
export const runsQuery = queryOptions({
  queryKey: ['training-runs'],
  queryFn: () => call('training_runs', {}),
  refetchInterval: ({ state }) =>
    state.data?.runs.some((run) => isAtWork(run.status.state)) ? SOON : LATER,
});
