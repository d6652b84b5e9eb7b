import { Center, MantineProvider } from '@mantine/core';
import { useColorScheme } from '@mantine/hooks';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ComparisonProvider } from '../features/compare/session/Comparison';
import { ExportProvider } from '../features/export/session/ExportProvider';
import { TrainingSession } from '../features/training/session/TrainingSession';
import { CommandFailure } from '../ipc/errors';
import { settingsKey, useSettings } from '../ipc/settings';
import { FailureNote } from './FailureNote';
import { Frame } from './Frame';
import { cssVariables, theme } from './theme';
import { Zoom } from './Zoom';

// The program is on the same machine: an answer is either right or a failure worth showing.
const queries = new QueryClient({
  queryCache: new QueryCache({ onError: lookForTheDataFolder }),
  mutationCache: new MutationCache({ onError: lookForTheDataFolder }),
  defaultOptions: {
    queries: { retry: false, refetchOnWindowFocus: false, networkMode: 'always' },
    // By default a change waits for the network, which nothing here needs.
    mutations: { networkMode: 'always' },
  },
});

/** A failure may be the first to tell that the data folder is gone, which the settings say. */
function lookForTheDataFolder(error: unknown): void {
  if (error instanceof CommandFailure && /^(root|target)_missing$/.test(error.code)) {
    void queries.invalidateQueries({ queryKey: settingsKey });
  }
}

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <Themed />
    </QueryClientProvider>
  );
}

/** Speaks the language and wears the theme and the zoom of the settings, once they are known. */
function Themed() {
  const settings = useSettings();
  const systemTheme = useColorScheme('light', { getInitialValueInEffect: false });
  const { i18n } = useTranslation();
  const language = settings.data?.language;
  useEffect(() => {
    if (language !== undefined) {
      void i18n.changeLanguage(language);
    }
  }, [i18n, language]);

  const chosen = settings.data?.settings.theme ?? 'system';
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      forceColorScheme={chosen === 'system' ? systemTheme : chosen}
    >
      <Zoom />
      {settings.isError && (
        <Center h="100%" p="xl">
          <FailureNote error={settings.error} onRetry={() => void settings.refetch()} />
        </Center>
      )}
      {settings.isSuccess && (
        <ExportProvider>
          <TrainingSession>
            <ComparisonProvider>
              <Frame />
            </ComparisonProvider>
          </TrainingSession>
        </ExportProvider>
      )}
    </MantineProvider>
  );
}
