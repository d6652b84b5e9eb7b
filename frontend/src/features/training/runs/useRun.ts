import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../ipc/client';
import { runsQuery } from '../queries';
import { type FollowedRun, withNews } from './followed';
import { isAtWork } from './states';

const SOON = 1000;

/** A run with all that its trainer has told; asked again for the rest as long as it is at work. */
export function useRun(name: string) {
  const queries = useQueryClient();
  const queryKey = runKey(name);
  return useQuery(
    queryOptions({
      queryKey,
      queryFn: async () => {
        const known = queries.getQueryData<FollowedRun>(queryKey);
        const { eventsOffset = 0, logOffset = 0 } = known ?? {};
        const news = await call('training_run', { name, eventsOffset, logOffset });
        if (known !== undefined && known.run.status.state !== news.run.status.state) {
          // The list and the rail ask less often, and would tell of what was for seconds.
          void queries.invalidateQueries(runsQuery);
        }
        return withNews(known, news);
      },
      structuralSharing: false,
      refetchInterval: ({ state }) =>
        state.data === undefined || isAtWork(state.data.run.status.state) ? SOON : false,
    }),
  );
}

export function runKey(name: string) {
  return ['training-run', name];
}
