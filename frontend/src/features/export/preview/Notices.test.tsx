import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import i18next from 'i18next';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { afterEach, beforeAll, expect, it } from 'vitest';
import en from '../../../i18n/en.json';
import { Notices } from './Notices';

const words = i18next.createInstance().use(initReactI18next);
beforeAll(() => words.init({ lng: 'en', resources: { en: { translation: en } } }));
afterEach(cleanup);

function show(count: number) {
  const notices = Array.from({ length: count }, (_, at) => ({
    code: 'split_small',
    params: { split: 'val', rows: `${at + 1}` },
  }));
  render(
    <I18nextProvider i18n={words}>
      <MantineProvider>
        <Notices notices={notices} />
      </MantineProvider>
    </I18nextProvider>,
  );
}

it.each([0, 1, 4])('are all shown where they are %d', (count) => {
  show(count);
  expect(screen.queryAllByRole('note')).toHaveLength(count);
  expect(screen.queryByRole('button')).toBeNull();
});

it('are folded after the first three where they are many', async () => {
  show(40);
  expect(screen.getAllByRole('note')).toHaveLength(3);
  await userEvent.click(screen.getByRole('button', { name: '37 more notices' }));
  expect(screen.getAllByRole('note')).toHaveLength(40);
});
