import i18next, { type TFunction } from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import en from '../../i18n/en.json';
import { formatsOf } from '../../i18n/formats';
import fr from '../../i18n/fr.json';
import type { ExportPreview } from '../../ipc/generated';
import { planSentence } from './plan';
import type { Recipe } from './session/recipe';

const words = i18next.createInstance();
beforeAll(() =>
  words.init({
    resources: { en: { translation: en }, fr: { translation: fr } },
    interpolation: { escapeValue: false },
  }),
);

interface Case {
  rows?: number;
  conversations?: number;
  documentation?: number;
  splits?: Record<string, number>;
  minimum?: number;
  includeUnrated?: boolean;
  isOneFile?: boolean;
  estimatedFrom?: number | null;
}

function sentence(language: 'en' | 'fr', wanted: Case = {}): string {
  const { rows = 1240, conversations = 860, documentation = 37 } = wanted;
  const { splits = { train: 1116, val: 124 }, isOneFile = false } = wanted;
  const { minimum = 4, includeUnrated = false, estimatedFrom = null } = wanted;
  return planSentence(
    { rows, conversations, documentation, splits, estimatedFrom } as ExportPreview,
    { rating: { minimum, includeUnrated } } as Recipe,
    isOneFile,
    words.getFixedT(language) as TFunction,
    formatsOf(language),
  ).replace(/[\u00a0\u202f]/g, ' ');
}

describe('the sentence that says what will happen', () => {
  it('names numbers, sources and sides', () => {
    expect(sentence('en')).toBe(
      '1,240 examples from 860 conversations rated 4 or more and 37 pieces of documentation; ' +
        '10% kept for validation.',
    );
    expect(sentence('fr')).toBe(
      '1 240 exemples tirés de 860 conversations notées 4 ou plus et de 37 éléments de ' +
        'documentation ; 10 % gardés pour la validation.',
    );
  });

  it('says of an estimate that it is one', () => {
    const wanted = {
      rows: 68133,
      conversations: 39539,
      documentation: 888,
      splits: { train: 61320, val: 6813 },
      estimatedFrom: 1190,
    };
    expect(sentence('en', wanted)).toBe(
      '≈ 68,000 examples from ≈ 40,000 conversations rated 4 or more and ≈ 890 pieces of ' +
        'documentation; 10% kept for validation.',
    );
    expect(sentence('fr', wanted)).toBe(
      '≈ 68 000 exemples tirés de ≈ 40 000 conversations notées 4 ou plus et de ≈ 890 éléments ' +
        'de documentation ; 10 % gardés pour la validation.',
    );
  });

  it.each<[Case, string]>([
    [
      { rows: 1, conversations: 1, documentation: 0, splits: { train: 1 } },
      '1 example from 1 conversation rated 4 or more; all of them to train on.',
    ],
    [
      { rows: 2, conversations: 0, documentation: 2, isOneFile: true },
      '2 examples from 2 pieces of documentation; all in one file.',
    ],
    [
      { rows: 4, conversations: 2, documentation: 0, splits: { train: 2, val: 1, test: 1 } },
      '4 examples from 2 conversations rated 4 or more; ' +
        '25% kept for validation and 25% for the final test.',
    ],
    [
      { rows: 4, conversations: 2, documentation: 0, splits: { train: 3, test: 1 }, minimum: 5 },
      '4 examples from 2 conversations rated 5; 25% kept for the final test.',
    ],
    [
      { documentation: 0, includeUnrated: true, minimum: 3.5 },
      '1,240 examples from 860 conversations rated 3.5 or more, or not rated; ' +
        '10% kept for validation.',
    ],
    [{ rows: 0 }, 'Nothing matches this recipe yet.'],
    [{ rows: 0, estimatedFrom: 1000 }, 'Nothing matches this recipe in the files read so far.'],
  ])('%j', (wanted, text) => {
    expect(sentence('en', wanted)).toBe(text);
  });
});
