import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { call } from '../../../ipc/client';
import type { ReadResponse } from '../../../ipc/generated';
import { libraryKeys } from './keys';

/** A record as it stands on disk; the one before it stays until it is there. */
export function useConversation(root: string, record: string | null) {
  return useQuery<ReadResponse>({
    queryKey: libraryKeys.reading(root, record ?? ''),
    queryFn: record === null ? skipToken : () => call('library_read', { record }),
    placeholderData: keepPreviousData,
  });
}
