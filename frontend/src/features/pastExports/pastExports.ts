import { queryOptions } from '@tanstack/react-query';
import { call } from '../../ipc/client';

/** The exports made on this machine, newest first. */
export const pastExportsQuery = queryOptions({
  queryKey: ['past-exports'],
  queryFn: () => call('exports_list', {}),
});
