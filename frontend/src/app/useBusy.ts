import { useIsMutating, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';

/** Whether mutations with this key are at work, on whichever screen they were started. */
export function useBusy(key: string) {
  const queries = useQueryClient();
  const isBusy = useIsMutating({ mutationKey: [key] }) > 0;
  // Asked at once, and not what was last shown: a second click comes before the button rests.
  const unlessBusy = useCallback(
    (begin: () => void) => {
      if (queries.isMutating({ mutationKey: [key] }) === 0) {
        begin();
      }
    },
    [queries, key],
  );
  return { isBusy, unlessBusy };
}
