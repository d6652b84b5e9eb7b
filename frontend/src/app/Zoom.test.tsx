import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startI18n } from '../i18n';
import { CommandFailure } from '../ipc/errors';
import { settingsKey } from '../ipc/settings';
import { Zoom } from './Zoom';

const { call, setZoom } = vi.hoisted(() => ({ call: vi.fn(), setZoom: vi.fn() }));
vi.mock('../ipc/client', () => ({ call }));
vi.mock('@tauri-apps/api/core', () => ({ isTauri: () => true }));
vi.mock('@tauri-apps/api/webview', () => ({ getCurrentWebview: () => ({ setZoom }) }));

const shown = () => setZoom.mock.calls.map(([zoom]) => zoom);

beforeEach(async () => {
  await startI18n();
  setZoom.mockReset();
  call.mockReset();
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  queries.setQueryData(settingsKey, { settings: { zoom: 100 } });
  render(
    <QueryClientProvider client={queries}>
      <MantineProvider>
        <Zoom />
      </MantineProvider>
    </QueryClientProvider>,
  );
});
afterEach(cleanup);

const zoomIn = () => fireEvent.keyDown(window, { key: '+', ctrlKey: true });

describe('the zoom of the window', () => {
  it('is stored, and says nothing', async () => {
    call.mockResolvedValue({ settings: { zoom: 110 } });
    zoomIn();
    await waitFor(() => expect(shown()).toEqual([1, 1.1]));
    expect(call.mock.calls).toEqual([['app_settings_write', { settings: { zoom: 110 } }]]);
    expect(screen.getByRole('status').textContent).toBe('');
  });

  it('goes back where it cannot be stored, and says why until that is closed', async () => {
    let refuse: (reason: CommandFailure) => void = () => {};
    call.mockImplementation(() => new Promise((_, reject) => (refuse = reject)));
    zoomIn();
    await waitFor(() => expect(shown()).toEqual([1, 1.1]));
    refuse(
      new CommandFailure({
        code: 'settings_unwritable',
        message: 'The settings were not stored.',
        hint: 'Free some space.',
      }),
    );
    await waitFor(() =>
      expect(screen.getByRole('status').textContent).toBe(
        'The settings were not stored.Free some space.',
      ),
    );
    expect(shown()).toEqual([1, 1.1, 1]);
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe(''));
  });
});
