import { cleanup, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { afterEach, expect, it } from 'vitest';
import en from '../../i18n/en.json';
import fr from '../../i18n/fr.json';
import { LossPair } from './LossPair';

afterEach(cleanup);

it.each([
  ['en', 0, 0, '25% lower with the adapter, on 3 rows that it was not trained on.'],
  [
    'en',
    1,
    2,
    '25% lower with the adapter, on 3 rows that it was not trained on. ' +
      'One row was read without its oldest exchanges, as in training. ' +
      '2 rows were too long and do not count, as in training.',
  ],
  [
    'fr',
    2,
    1,
    '25 % de moins avec l’adaptateur, sur 3 lignes hors de l’entraînement. ' +
      '2 lignes ont été lues sans leurs échanges les plus anciens, comme à l’entraînement. ' +
      'Une ligne, trop longue, ne compte pas, comme à l’entraînement.',
  ],
])(
  'tells in %s which rows count: %i shortened, %i left out',
  async (lng, trimmed, skipped, said) => {
    const words = i18next.createInstance().use(initReactI18next);
    await words.init({ lng, resources: { en: { translation: en }, fr: { translation: fr } } });
    const loss = { rows: 3, trimmed, skipped, tokens: 90, base: 4, adapter: 3 };
    render(
      <I18nextProvider i18n={words}>
        <LossPair loss={loss} />
      </I18nextProvider>,
    );
    const told = screen.getByRole('region').querySelector('p')?.textContent;
    expect(told?.replaceAll(/[\u00a0\u202f]/g, ' ')).toBe(said);
  },
);
