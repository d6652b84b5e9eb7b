import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../ipc/client';

export const forgottenKey = ['forgotten'];

/** The records that were forgotten in a data folder. */
export const forgottenQuery = (folder: string) =>
  queryOptions({
    queryKey: [...forgottenKey, folder],
    queryFn: () => call('forgotten_list', {}),
  });
