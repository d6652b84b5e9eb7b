import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import i18next from 'i18next';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import en from '../i18n/en.json';
import { CopyButton } from './CopyButton';
import { CopyIcon } from './CopyIcon';

const words = i18next.createInstance().use(initReactI18next);
beforeAll(() => words.init({ lng: 'en', resources: { en: { translation: en } } }));
afterEach(cleanup);

const buttons = {
  'a button': <CopyButton text="the text" label="Copy it" />,
  'an icon': <CopyIcon text="the text" label="Copy it" />,
};

async function press(
  button: React.ReactNode,
  clipboard: () => Promise<void>,
  isOlderWayOpen = false,
) {
  const user = userEvent.setup();
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(clipboard);
  document.execCommand = () => isOlderWayOpen;
  render(
    <I18nextProvider i18n={words}>
      <MantineProvider>{button}</MantineProvider>
    </I18nextProvider>,
  );
  await user.click(screen.getByRole('button', { name: 'Copy it' }));
}

const refuse = () => Promise.reject(new Error('no permission'));

it.each(Object.entries(buttons))('%s copies and says so', async (_, button) => {
  await press(button, () => Promise.resolve());
  expect(navigator.clipboard.writeText).toHaveBeenCalledExactlyOnceWith('the text');
  expect(screen.getByRole('button', { name: 'Copied' })).toBeDefined();
});

it.each(Object.entries(buttons))('%s copies by the older way', async (_, button) => {
  await press(button, refuse, true);
  expect(screen.getByRole('button', { name: 'Copied' })).toBe(document.activeElement);
  expect(document.querySelector('textarea')).toBeNull();
});

it.each(Object.entries(buttons))('%s says where no way is open', async (_, button) => {
  await press(button, refuse);
  expect(screen.getByRole('button', { name: 'Could not copy' })).toBeDefined();
});

it('says so, too, where the text cannot be had', async () => {
  const text = () => Promise.reject(new Error('no recipe'));
  await press(<CopyButton text={text} label="Copy it" />, () => Promise.resolve());
  expect(screen.getByRole('button', { name: 'Could not copy' })).toBeDefined();
  expect(navigator.clipboard.writeText).not.toHaveBeenCalled();
});
