import { useDebouncedValue } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../ipc/client';
import type { ExportPreview, TaskProgress } from '../../ipc/generated';
import { useSettings } from '../../ipc/settings';
import type { Recipe } from './session/recipe';

/** Under which key the page remembers what exports would do. */
export const previewKey = ['export-preview'];

/** Milliseconds of rest before a first look, which costs little, and before all is read. */
const GLANCED_AFTER = 120;
const SETTLED_AFTER = 350;
const SAMPLE_ROWS = 50;

export interface PreviewState {
  /** The newest preview there is, and the recipe it speaks of, which may have changed since. */
  preview: ExportPreview | undefined;
  previewed: Recipe | undefined;
  /** Whether it speaks of the recipe as it is now: exactly, or by an estimate. */
  isUpToDate: boolean;
  isEstimate: boolean;
  progress: TaskProgress | null;
  error: unknown;
  refresh: () => void;
}

/**
 * What an export by the recipe would do: of much data first estimated, then exactly. What was asked
 * for an older recipe is cancelled.
 */
export function usePreview(recipe: Recipe | undefined, isPaused: boolean): PreviewState {
  const root = useSettings().data?.dataFolder.path;
  const [resting] = useDebouncedValue(recipe, GLANCED_AFTER);
  const [settled] = useDebouncedValue(recipe, SETTLED_AFTER);
  const [progress, setProgress] = useState<TaskProgress | null>(null);
  const [latest, setLatest] = useState<{ preview: ExportPreview; recipe: Recipe }>();
  const exactKey = [...previewKey, root, resting, 'exact'];
  const isKnown = useQueryClient().getQueryData(exactKey) !== undefined;
  const isAsked = resting !== undefined && !isPaused;
  const request = { recipe: resting ?? {}, rows: SAMPLE_ROWS };
  const glance = useQuery({
    queryKey: [...previewKey, root, resting, 'glance'],
    enabled: isAsked && !isKnown,
    queryFn: ({ signal }) => {
      setProgress(null);
      return call('export_glance', request, { signal, onProgress: setProgress });
    },
  });
  const exact = useQuery({
    queryKey: exactKey,
    // One after the other: side by side, the quick one would wait for the slow one.
    enabled:
      isAsked && resting === settled && (isKnown || (glance.isFetched && !glance.isFetching)),
    queryFn: ({ signal }) => {
      setProgress(null);
      return call('export_preview', request, { signal, onProgress: setProgress });
    },
  });
  const found = exact.data?.preview;
  const current = found ?? glance.data?.preview ?? undefined;
  if (current !== undefined && resting !== undefined && current !== latest?.preview) {
    setLatest({ preview: current, recipe: resting });
  }
  const isOfThis = recipe === resting && current !== undefined;
  const isEstimate = isOfThis && found === undefined;
  return {
    preview: latest?.preview,
    previewed: latest?.recipe,
    isUpToDate: isOfThis && (isEstimate || !exact.isFetching),
    isEstimate,
    progress: glance.isFetching || exact.isFetching ? progress : null,
    error: exact.error,
    refresh: () => void exact.refetch(),
  };
}
