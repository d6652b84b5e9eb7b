import { MantineProvider } from '@mantine/core';
import { cleanup, render } from '@testing-library/react';
import i18next from 'i18next';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { afterEach, expect, it } from 'vitest';
import en from '../../i18n/en.json';
import fr from '../../i18n/fr.json';
import { Unlisted } from './Unlisted';

afterEach(cleanup);

it.each([
  ['en', 3, 0, ''],
  ['en', 0, 0, 'The dataset is gone or has no validation rows: ask questions of your own.'],
  [
    'en',
    3,
    1,
    'One question is not listed: with what came before it, it is longer than the 2,048 tokens ' +
      'that fit here. A training with a larger max_length has room for it.',
  ],
  [
    'fr',
    0,
    2,
    '2 questions ne sont pas proposées : avec ce qui les précède, elles sont plus longues que ' +
      'les 2 048 tokens qui tiennent ici. Un entraînement avec un max_length plus grand leur ' +
      'fera de la place.',
  ],
])(
  'tells in %s why questions are missing: %i listed, %i too long',
  async (lng, listed, tooLong, said) => {
    const words = i18next.createInstance().use(initReactI18next);
    await words.init({ lng, resources: { en: { translation: en }, fr: { translation: fr } } });
    const { container } = render(
      <I18nextProvider i18n={words}>
        <MantineProvider>
          <Unlisted listed={listed} tooLong={tooLong} context={2048} />
        </MantineProvider>
      </I18nextProvider>,
    );
    const told = container.querySelector('p')?.textContent ?? '';
    expect(told.replaceAll(/[\u00a0\u202f]/g, ' ')).toBe(said);
  },
);
