import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { takeAskedForFolder } from './askedForFolder';
import { ChooseFolderButton } from './ChooseFolderButton';

const { call, asked } = vi.hoisted(() => ({ call: vi.fn(), asked: { face: '', path: '' } }));
vi.mock('../../ipc/client', () => ({ call }));

beforeEach(() => {
  window.location.hash = '/conversations';
  call.mockReset().mockImplementation((name: string, request: unknown) => {
    const answers: Record<string, unknown> = {
      app_about: { face: asked.face },
      app_choose_folder: { path: asked.path || null },
      app_settings_write: request,
    };
    return Promise.resolve(answers[name]);
  });
});

async function press(face: string, path = ''): Promise<void> {
  Object.assign(asked, { face, path });
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <ChooseFolderButton label="Choose" start="/old" />
      </QueryClientProvider>
    </MantineProvider>,
  );
  await waitFor(() => expect(call).toHaveBeenCalledWith('app_about', {}));
  await new Promise((resolve) => setTimeout(resolve));
  fireEvent.click(screen.getAllByRole('button').at(-1) as HTMLElement);
}

it('opens the dialog of the system in the window, and takes what was chosen', async () => {
  await press('desktop', '/new');
  await waitFor(() =>
    expect(call).toHaveBeenCalledWith('app_settings_write', { settings: { dataFolder: '/new' } }),
  );
  expect(call).toHaveBeenCalledWith('app_choose_folder', { purpose: 'data', start: '/old' });
  expect(window.location.hash).toBe('#/conversations');
});

it('leaves all as it is where the dialog was closed', async () => {
  await press('desktop');
  await waitFor(() => expect(call).toHaveBeenCalledWith('app_choose_folder', expect.anything()));
  expect(call).not.toHaveBeenCalledWith('app_settings_write', expect.anything());
});

it('leads a browser to the field in the settings', async () => {
  await press('browser');
  expect(window.location.hash).toBe('#/settings');
  expect([takeAskedForFolder(), takeAskedForFolder()]).toEqual([true, false]);
});
