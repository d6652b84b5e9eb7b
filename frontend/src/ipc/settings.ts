import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client';
import type {
  AboutResponse,
  AppSettingsOutput,
  ExportDefaultsOutput,
  SettingsResponse,
} from './generated';

/** Some of the settings: what is not named stays as it is stored. */
type SettingsChange = Partial<Omit<AppSettingsOutput, 'exportDefaults'>> & {
  exportDefaults?: Partial<ExportDefaultsOutput>;
};

export const settingsKey = ['settings'];

/** The stored settings and what follows from them. */
export function useSettings() {
  return useQuery<SettingsResponse>({
    queryKey: settingsKey,
    queryFn: () => call('app_settings_read', {}),
  });
}

/** What this page runs in. */
export function useAbout() {
  return useQuery<AboutResponse>({ queryKey: ['about'], queryFn: () => call('app_about', {}) });
}

/**
 * Stores the settings that are changed and no others, one change after another; the page shows a
 * change at once.
 */
export function useChangeSettings() {
  const queries = useQueryClient();
  const known = () => queries.getQueryData<SettingsResponse>(settingsKey);
  return useMutation({
    mutationKey: settingsKey,
    scope: { id: 'settings' },
    mutationFn: (change: SettingsChange) => call('app_settings_write', { settings: change }),
    onMutate: (change) => {
      const before = known();
      if (before !== undefined) {
        const exportDefaults = { ...before.settings.exportDefaults, ...change.exportDefaults };
        const settings = { ...before.settings, ...change, exportDefaults };
        queries.setQueryData<SettingsResponse>(settingsKey, { ...before, settings });
      }
      return before;
    },
    onError: (_error, _change, before) => queries.setQueryData(settingsKey, before),
    onSuccess: (response) => {
      // The answer to an earlier change does not know of the later ones that wait.
      if (queries.isMutating({ mutationKey: settingsKey }) === 1) {
        queries.setQueryData(settingsKey, response);
      }
    },
  });
}
