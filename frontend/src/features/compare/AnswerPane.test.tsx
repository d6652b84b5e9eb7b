import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { afterEach, beforeAll, expect, it } from 'vitest';
import en from '../../i18n/en.json';
import { AnswerPane } from './AnswerPane';

const words = i18next.createInstance().use(initReactI18next);
beforeAll(() => words.init({ lng: 'en', resources: { en: { translation: en } } }));
afterEach(cleanup);

it.each([
  ['while it begins', '', true, false, ['Base model', 'Reading the question…'], 0],
  ['while it is written', 'Half', true, false, ['Base model', 'Half'], 0],
  ['once it is written', 'Whole', false, false, ['Base model', 'Whole'], 1],
  ['when it was stopped', 'Half', false, true, ['Base model', 'Half', 'Stopped.'], 1],
  ['when it was stopped at once', '', false, true, ['Base model', 'Stopped.'], 0],
  ['when nothing was answered', '', false, false, ['Base model', 'It answered nothing.'], 0],
])(
  'shows an answer %s, and lets it be copied then',
  (_, text, isWriting, wasStopped, shown, copies) => {
    render(
      <I18nextProvider i18n={words}>
        <MantineProvider>
          <AnswerPane side="base" text={text} isWriting={isWriting} wasStopped={wasStopped} />
        </MantineProvider>
      </I18nextProvider>,
    );
    const pane = screen.getByRole('region', { name: 'Base model' });
    expect([...pane.querySelectorAll('h2, p')].map((part) => part.textContent)).toEqual(shown);
    expect(screen.queryAllByRole('button', { name: 'Copy this answer' })).toHaveLength(copies);
  },
);
