import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import i18next from 'i18next';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { afterEach, beforeAll, expect, it } from 'vitest';
import en from '../../../i18n/en.json';
import { settingsKey } from '../../../ipc/settings';
import { Problems } from './Problems';

const words = i18next.createInstance().use(initReactI18next);
beforeAll(() => words.init({ lng: 'en', resources: { en: { translation: en } } }));
afterEach(cleanup);

const problems = [
  { record: 'chats/a.json', fate: 'invalid_json', detail: 'unexpected end: line 1 column 2' },
  { record: 'un2/default/conversations/b#1', fate: 'invalid_rating', detail: '“good”' },
  { record: 'un2/finetune/feedback/c', fate: 'invalid_rating', detail: '“bad”' },
  { record: 'un2/default/conversations/d#3', fate: 'invalid_rating', detail: '9' },
];

function show(root?: string) {
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  queries.setQueryData(settingsKey, { dataFolder: { path: '/data' } });
  render(
    <I18nextProvider i18n={words}>
      <QueryClientProvider client={queries}>
        <MantineProvider>
          <Problems
            problems={problems}
            fates={{ invalid_json: 1, invalid_rating: 3 }}
            {...(root !== undefined && { root })}
          />
          <button type="button">after</button>
        </MantineProvider>
      </QueryClientProvider>
    </I18nextProvider>,
  );
}

const focused = () => document.activeElement?.textContent;

it('are one stop of the Tab key, and walked by the arrows past those that lead nowhere', async () => {
  const user = userEvent.setup();
  show();
  await user.tab();
  expect(focused()).toBe('un2/default/conversations/b#1');
  await user.keyboard('{ArrowDown}');
  expect(focused()).toBe('un2/default/conversations/d#3');
  await user.tab();
  expect(focused()).toBe('after');
});

it('lead nowhere where another data folder is open than the one they were read from', () => {
  show('/another');
  expect(screen.queryByRole('link')).toBeNull();
  expect(screen.getByText('un2/default/conversations/b#1')).toBeTruthy();
});
