import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { call } from '../../../ipc/client';
import { libraryKeys } from '../../conversations/library/keys';
import { previewKey } from '../../export/usePreview';
import { scanKey } from '../../privacy/findings/useScan';

const forgottenKey = ['forgotten'];

/** The records that were forgotten in a data folder. */
export const forgottenQuery = (folder: string) =>
  queryOptions({
    queryKey: [...forgottenKey, folder],
    queryFn: () => call('forgotten_list', {}),
  });

/** Ask again, where it is shown, for all that a record forgotten or taken back changes. */
export async function askAgainAfterForgetting(queries: QueryClient): Promise<void> {
  const keys = [forgottenKey, libraryKeys.readings, previewKey, scanKey];
  await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
}
