import { MantineProvider } from '@mantine/core';
import { cleanup, render } from '@testing-library/react';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import en from '../../../i18n/en.json';
import fr from '../../../i18n/fr.json';
import type { ExportPreview, TaskProgress } from '../../../ipc/generated';
import type { PreviewState } from '../usePreview';
import { FatesPicture } from './FatesPicture';
import { Freshness } from './Freshness';
import { NothingMatches } from './NothingMatches';

const words = i18next.createInstance().use(initReactI18next);
beforeAll(() =>
  words.init({
    resources: { en: { translation: en }, fr: { translation: fr } },
    interpolation: { escapeValue: false },
  }),
);
afterEach(cleanup);

async function shown(language: 'en' | 'fr', element: ReactNode): Promise<string> {
  await words.changeLanguage(language);
  const { container } = render(
    <I18nextProvider i18n={words}>
      <MantineProvider>
        <div data-testid="it">{element}</div>
      </MantineProvider>
    </I18nextProvider>,
  );
  const texts = container.querySelectorAll('[data-testid="it"] :is(span, strong, div, p)');
  return [...texts]
    .filter((each) => each.children.length === 0 && each.textContent !== '')
    .map((each) => each.textContent)
    .join(' | ')
    .replace(/[\u00a0\u202f]/g, ' ');
}

const state = (change: Partial<PreviewState>): PreviewState => ({
  preview: undefined,
  previewed: undefined,
  isUpToDate: true,
  isEstimate: true,
  progress: { stage: 'reading', done: 30, total: 120, rate: 1, secondsLeft: 90 } as TaskProgress,
  error: null,
  refresh: () => undefined,
  ...change,
});

describe('an estimated preview', () => {
  const fates = { unrated: 127_560, exported: 68_133 };

  it('says from how many files its numbers come, and that duplicates are still among them', async () => {
    const picture = (
      <FatesPicture
        recordsRead={195_693}
        documentsRead={101_024}
        fates={fates}
        estimatedFrom={1190}
      />
    );
    expect(await shown('en', picture)).toBe(
      '≈ 200,000 records | in 101,024 files | estimated from 1,190 of them | ' +
        'Exported | ≈ 68,000 | 34.8% | Unrated | ≈ 130,000 | 65.2% | ' +
        'Duplicates are left out once all files are read',
    );
    cleanup();
    expect(await shown('fr', picture)).toBe(
      '≈ 200 000 enregistrements | dans 101 024 fichiers | estimés d’après 1 190 d’entre eux | ' +
        'Exportés | ≈ 68 000 | 34,8 % | Non notés | ≈ 130 000 | 65,2 % | ' +
        'Les doublons seront écartés une fois tous les fichiers lus',
    );
  });

  it('gives way to exact numbers', async () => {
    const picture = <FatesPicture recordsRead={195_693} documentsRead={101_024} fates={fates} />;
    expect(await shown('en', picture)).toBe(
      '195,693 records | in 101,024 files | Exported | 68,133 | 34.8% | Unrated | 127,560 | 65.2%',
    );
  });

  it('says that it is one, and how far the exact one is', async () => {
    const fresh = (change: Partial<PreviewState>, isPaused = false) => (
      <Freshness state={state(change)} isPaused={isPaused} />
    );
    expect(await shown('en', fresh({}))).toBe('Estimate | counting all…');
    expect(document.body.textContent).toContain('25%');
    cleanup();
    expect(await shown('fr', fresh({}))).toBe('Estimation | décompte en cours…');
    cleanup();
    expect(await shown('en', fresh({ isUpToDate: false, isEstimate: false }))).toBe('Updating…');
    cleanup();
    expect(await shown('en', fresh({ isEstimate: false }))).toBe('');
    cleanup();
    expect(await shown('en', fresh({}, true))).toBe('Paused during the export');
  });

  it('does not say that nothing matches where it has not read all', async () => {
    const preview = { rows: 0, fates, estimatedFrom: 1190 } as unknown as ExportPreview;
    expect(await shown('en', <NothingMatches preview={preview} />)).toBe(
      'Nothing matches this recipe in the files read so far.',
    );
  });
});
