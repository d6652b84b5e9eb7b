import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render } from '@testing-library/react';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { Notices } from '../features/export/preview/Notices';
import { Verification } from '../features/pastExports/Verification';
import type { VerifyExportResponse } from '../ipc/generated';
import fr from './fr.json';

const words = i18next.createInstance().use(initReactI18next);
beforeAll(() => words.init({ lng: 'fr', resources: { fr: { translation: fr } } }));
afterEach(cleanup);

function shown(element: ReactNode, queries = new QueryClient()): string {
  const { container } = render(
    <I18nextProvider i18n={words}>
      <QueryClientProvider client={queries}>
        <MantineProvider>
          <div data-testid="it">{element}</div>
        </MantineProvider>
      </QueryClientProvider>
    </I18nextProvider>,
  );
  return container.querySelector('[data-testid="it"]')?.textContent ?? '';
}

it('are French in a notice of a French page', () => {
  const params = { reason: 'No space left on device' };
  expect(shown(<Notices notices={[{ code: 'side_files_not_kept', params }]} />)).toContain(
    'n’ont pas pu être conservés (plus de place sur le disque)',
  );
});

it('are French in a flaw of a verification', () => {
  const queries = new QueryClient();
  const flaw = { code: 'file_unreadable', file: 'data/train.jsonl', detail: 'Input/output error' };
  const check = {
    name: 'files',
    status: 'failed',
    checked: 1,
    flawCount: 1,
    flaws: [flaw],
  } as const;
  const verification = {
    dataset: '/x',
    rows: 1,
    passed: false,
    checks: [{ ...check, flaws: [flaw] }],
  };
  queries.setQueryData<VerifyExportResponse>(['verification', 'now'], { verification });
  expect(shown(<Verification when="now" />, queries)).toContain(
    'data/train.jsonl ne peut pas être lu\u00a0: erreur d’entrée-sortie',
  );
});
