import { queryOptions } from '@tanstack/react-query';
import { call } from '../../ipc/client';

/** The trainings with what they have made, newest first. */
export const modelsQuery = queryOptions({
  queryKey: ['models'],
  queryFn: () => call('models_list', {}),
});
