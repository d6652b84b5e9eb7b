import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import i18next from 'i18next';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { afterEach, beforeAll, expect, it } from 'vitest';
import en from '../../i18n/en.json';
import { presetsQuery, runsQuery } from '../training/queries';
import { TrainingSession, useTrainingSession } from '../training/session/TrainingSession';
import { NothingToCompare } from './NothingToCompare';

const words = i18next.createInstance().use(initReactI18next);
beforeAll(() => words.init({ lng: 'en', resources: { en: { translation: en } } }));
afterEach(cleanup);

function Shown() {
  const { view, selected } = useTrainingSession();
  return <output>{`${view} ${selected ?? 'newest'}`}</output>;
}

async function follow(training: string | undefined, button: string): Promise<string | null> {
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  queries.setQueryData(presetsQuery.queryKey, { presets: [], gpus: [], missing: null });
  queries.setQueryData(runsQuery.queryKey, { runs: [] });
  render(
    <I18nextProvider i18n={words}>
      <QueryClientProvider client={queries}>
        <MantineProvider>
          <TrainingSession>
            <NothingToCompare training={training} />
            <Shown />
          </TrainingSession>
        </MantineProvider>
      </QueryClientProvider>
    </I18nextProvider>,
  );
  await userEvent.click(screen.getByRole('button', { name: button }));
  expect(window.location.hash).toBe('#/training');
  return screen.getByRole('status').textContent;
}

it('leads to the training that has made no adapter yet', async () => {
  expect(await follow('one', 'See the training')).toBe('runs one');
});

it('leads to a new training where there is none', async () => {
  expect(await follow(undefined, 'Prepare a training')).toBe('new newest');
});
