import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client';
import type { AboutResponse, AppSettingsOutput, SettingsResponse } from './generated';

const settingsKey = ['settings'];

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

/** Stores changed settings, one change after another. */
export function useChangeSettings() {
  const queries = useQueryClient();
  return useMutation({
    scope: { id: 'settings' },
    mutationFn: (change: Partial<AppSettingsOutput>) => {
      const stored = queries.getQueryData<SettingsResponse>(settingsKey);
      return call('app_settings_write', { settings: { ...stored?.settings, ...change } });
    },
    onSuccess: (response) => queries.setQueryData(settingsKey, response),
  });
}
