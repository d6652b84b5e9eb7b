import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../ipc/client';
import type { ExportPreview, TaskProgress } from '../../ipc/generated';
import { useSettings } from '../../ipc/settings';
import type { Recipe } from './session/recipe';

const SETTLED_AFTER = 350;
const SAMPLE_ROWS = 50;

export interface PreviewState {
  /** The newest preview there is, and the recipe it speaks of, which may have changed since. */
  preview: ExportPreview | undefined;
  previewed: Recipe | undefined;
  isUpToDate: boolean;
  progress: TaskProgress | null;
  error: unknown;
  refresh: () => void;
}

/** What an export by the recipe would do; the one for an older recipe is cancelled. */
export function usePreview(recipe: Recipe | undefined, isPaused: boolean): PreviewState {
  const root = useSettings().data?.dataFolder.path;
  const [settled] = useDebouncedValue(recipe, SETTLED_AFTER);
  const [progress, setProgress] = useState<TaskProgress | null>(null);
  const [latest, setLatest] = useState<{ preview: ExportPreview; recipe: Recipe }>();
  const query = useQuery({
    queryKey: ['export-preview', root, settled],
    enabled: settled !== undefined && !isPaused,
    queryFn: ({ signal }) => {
      setProgress(null);
      const request = { recipe: settled ?? {}, rows: SAMPLE_ROWS };
      return call('export_preview', request, { signal, onProgress: setProgress });
    },
  });
  const current = query.data?.preview;
  if (current !== undefined && settled !== undefined && current !== latest?.preview) {
    setLatest({ preview: current, recipe: settled });
  }
  return {
    preview: latest?.preview,
    previewed: latest?.recipe,
    isUpToDate: recipe === settled && current !== undefined && !query.isFetching,
    progress: query.isFetching ? progress : null,
    error: query.error,
    refresh: () => void query.refetch(),
  };
}
