import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import i18next from 'i18next';
import { useState } from 'react';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NumberField } from './NumberField';

const words = i18next.createInstance().use(initReactI18next);
beforeEach(() => words.init({ lng: 'en', resources: {} }));
afterEach(cleanup);

let stored: number[];

function Field({
  first,
  ...range
}: {
  first: number;
  min: number;
  max: number;
  isDecimal?: boolean;
}) {
  const [value, setValue] = useState(first);
  const store = (next: number) => {
    stored.push(next);
    setValue(next);
  };
  return <NumberField label="Number" value={value} {...range} onChange={store} />;
}

/** Types in place of what stands there; tells what stands there then and after the field is left. */
async function type(text: string, field: React.ReactNode) {
  stored = [];
  const user = userEvent.setup();
  render(
    <I18nextProvider i18n={words}>
      <MantineProvider>{field}</MantineProvider>
    </I18nextProvider>,
  );
  const input = screen.getByRole<HTMLInputElement>('textbox', { name: 'Number' });
  await user.clear(input);
  await user.type(input, text === '' ? '{Backspace}' : text);
  const during = input.value;
  await user.tab();
  return { during, after: input.value, stored };
}

describe('a field for a number', () => {
  it('stores what is in range only, and is never stored empty', async () => {
    expect(await type('', <Field first={7} min={1} max={99} />)).toEqual({
      during: '',
      after: '7',
      stored: [],
    });
  });

  it('waits until what is typed is in range', async () => {
    expect(await type('1024', <Field first={64} min={16} max={4096} />)).toEqual({
      during: '1024',
      after: '1024',
      stored: [102, 1024],
    });
  });

  it.each([
    ['3', '16', [16]],
    ['9999', '4096', [99, 999, 4096]],
  ])('takes the nearest in place of %s once it is left', async (text, after, given) => {
    expect(await type(text, <Field first={64} min={16} max={4096} />)).toEqual({
      during: text,
      after,
      stored: given,
    });
  });

  it('has no decimals unless they are wanted', async () => {
    expect((await type('1.5', <Field first={7} min={0} max={99} />)).stored).toEqual([1, 15]);
  });

  it('takes decimals as a French reader writes them', async () => {
    await words.changeLanguage('fr');
    expect(await type('0,75', <Field first={1} min={0} max={2} isDecimal />)).toEqual({
      during: '0,75',
      after: '0,75',
      stored: [0, 0.7, 0.75],
    });
  });
});
