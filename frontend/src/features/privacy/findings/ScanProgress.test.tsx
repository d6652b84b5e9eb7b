import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { afterEach, beforeAll, expect, it } from 'vitest';
import en from '../../../i18n/en.json';
import type { TaskProgress } from '../../../ipc/generated';
import { ScanProgress } from './ScanProgress';

const words = i18next.createInstance().use(initReactI18next);
beforeAll(() => words.init({ lng: 'en', resources: { en: { translation: en } } }));
afterEach(cleanup);

const counting: TaskProgress = {
  stage: 'counting',
  done: 7,
  total: null,
  rate: 0,
  secondsLeft: null,
};
const reading: TaskProgress = {
  stage: 'reading',
  done: 1200,
  total: 5000,
  rate: 90,
  secondsLeft: 42,
};

it.each<[string, TaskProgress | null]>([
  ['Looking at the folder…', null],
  ['Looking at the folder…', counting],
  ['1,200 of 5,000 files · 42 secs left', reading],
  ['1,200 of 5,000 files', { ...reading, secondsLeft: null }],
  ['1,200 of 5,000 files', { ...reading, secondsLeft: 0.4 }],
])('says %s', (said, progress) => {
  const scan = {
    found: undefined,
    error: null,
    isLooking: true,
    progress,
    stop: () => {},
    lookAgain: () => {},
  };
  render(
    <I18nextProvider i18n={words}>
      <MantineProvider>
        <ScanProgress scan={scan} />
      </MantineProvider>
    </I18nextProvider>,
  );
  const part = screen.getByRole('region', { name: 'Looking for sensitive data' });
  const lines = [...part.querySelectorAll('p')].map((line) => line.textContent?.trim());
  expect(lines).toEqual([said]);
});
