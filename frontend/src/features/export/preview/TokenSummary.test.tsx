import { MantineProvider } from '@mantine/core';
import { cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startI18n } from '../../../i18n';
import type { TokenReport } from '../../../ipc/generated';
import { TokenSummary } from './TokenSummary';

beforeEach(() => startI18n());
afterEach(cleanup);

const report: TokenReport = {
  tokenizer: 'mistral-v3',
  sha256: '',
  counting: 'sample',
  countedAs: 'inst',
  check: {
    profile: 'inst',
    tokenizer: 'mistral-v3',
    rows: 2,
    exactRows: 1,
    reference: 'mistral-v3',
    problems: {},
    differences: [
      {
        record: 'chats/a#1',
        position: 1,
        found: [{ id: 5, piece: '▁' }],
        expected: [],
      },
    ],
    trainerAddsBos: false,
  },
  counts: {
    rows: 2,
    counted: 2,
    tokens: 20,
    percentiles: { '50': 10, '95': 10 },
    longest: 10,
    bars: [],
    maxLength: 100,
    cut: [],
    cutRows: 0,
    cutAnswers: 0,
    lostAnswers: 0,
  },
};

function firstFinding(shown: TokenReport) {
  const { container } = render(
    <MantineProvider>
      <TokenSummary report={shown} />
    </MantineProvider>,
  );
  return container.querySelector('li')?.textContent;
}

const differs =
  'Not exact: 1 of 2 rows checked differs from mistral-v3, for example "▁" instead of —.';

it('says which profile a tokenizer expects, where the rows have another', () => {
  expect(firstFinding(report)).toBe(
    `${differs} If that is the model to train, choose the profile mistral-v3 under Output.`,
  );
});

it('advises no profile that the rows have already', () => {
  expect(firstFinding({ ...report, countedAs: 'mistral-v3' })).toBe(differs);
});
