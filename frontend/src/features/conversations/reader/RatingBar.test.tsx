import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import i18next from 'i18next';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import en from '../../../i18n/en.json';
import { given, turn } from '../testing';
import { RatingBar } from './RatingBar';

const words = i18next.createInstance().use(initReactI18next);
beforeAll(() => words.init({ lng: 'en', resources: { en: { translation: en } } }));
afterEach(cleanup);

const nothing = () => {};

function show(part: Parameters<typeof turn>[0]) {
  const user = userEvent.setup();
  render(
    <I18nextProvider i18n={words}>
      <MantineProvider>
        <RatingBar
          turn={turn(part)}
          label="Rating"
          onRate={nothing}
          onRemove={nothing}
          onCorrect={nothing}
        />
      </MantineProvider>
    </I18nextProvider>,
  );
  return user;
}

describe('the bar below an answer', () => {
  it.each([
    ['not rated here', null, 'Correct…'],
    ['rated here', given(4), 'Remove'],
  ])('is one stop of the Tab key, up to its last control: %s', async (_, said, last) => {
    const user = show({ index: 1, given: said });
    await user.tab();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: '1 star' }));
    await user.keyboard('{End}');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: last }));
    await user.tab();
    expect(document.activeElement).toBe(document.body);
  });

  it('copies the answer as it was written', async () => {
    const user = show({ index: 1, content: '**bold**' });
    await user.tab();
    await user.keyboard('{ArrowRight>7/}');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Copy the answer' }));
    await user.keyboard('{Enter}');
    expect(await navigator.clipboard.readText()).toBe('**bold**');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Copied' }));
  });
});
