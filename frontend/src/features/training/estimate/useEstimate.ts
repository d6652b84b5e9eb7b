import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../ipc/client';
import type { EstimateResponse } from '../../../ipc/generated';
import { type Config, hasBase, hasDataset } from '../session/config';

const SETTLED_AFTER = 400;

export interface EstimateState {
  /** The newest estimate, which may speak of an older configuration. */
  estimated: EstimateResponse | undefined;
  isUpToDate: boolean;
  error: unknown;
  refresh: () => void;
}

/** What a training would take; the estimate for an older configuration is cancelled. */
export function useEstimate(config: Config, isPaused: boolean): EstimateState {
  const [settled] = useDebouncedValue(config, SETTLED_AFTER);
  const [latest, setLatest] = useState<EstimateResponse>();
  const isComplete = hasDataset(settled) && hasBase(settled);
  const query = useQuery({
    queryKey: ['training-estimate', settled],
    enabled: isComplete && !isPaused,
    queryFn: ({ signal }) => call('training_estimate', { config: settled }, { signal }),
  });
  const current = query.data;
  if (current !== undefined && current !== latest) {
    setLatest(current);
  }
  return {
    estimated: isComplete ? latest : undefined,
    isUpToDate: config === settled && current !== undefined && !query.isFetching,
    error: isComplete ? query.error : null,
    refresh: () => void query.refetch(),
  };
}
