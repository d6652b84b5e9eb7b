import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startI18n } from '../../i18n';
import type { TrainedModel } from '../../ipc/generated';
import { ModelCard } from './ModelCard';

const { call } = vi.hoisted(() => ({ call: vi.fn() }));
vi.mock('../../ipc/client', () => ({ call }));
vi.mock('../compare/session/Comparison', () => ({ useComparison: () => ({ choose: vi.fn() }) }));
vi.mock('../training/session/TrainingSession', () => ({
  useTrainingSession: () => ({ showRun: vi.fn() }),
}));

const model: TrainedModel = {
  run: 'r1',
  state: 'finished',
  created: '2026-01-02T03:04:05Z',
  dataset: '/data/set',
  datasetExists: true,
  inputHash: 'xxh3-128-sum:0',
  base: '/bases/tiny',
  baseExists: true,
  architecture: 'llama',
  profile: 'inst',
  recipe: [],
  hasAdapter: true,
  steps: 3,
  loss: 1,
  evalLoss: null,
  evalStep: null,
  gguf: null,
  modelfile: null,
};

const queries = new QueryClient();
const show = () =>
  render(
    <QueryClientProvider client={queries}>
      <MantineProvider>
        <ModelCard model={model} />
      </MantineProvider>
    </QueryClientProvider>,
  );
const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });

beforeEach(async () => {
  await startI18n();
});
afterEach(cleanup);

it('converts once by a double click, and knows of it when the screen was left', async () => {
  let finish: (response: unknown) => void = () => {};
  call.mockImplementation(() => new Promise((resolve) => (finish = resolve)));
  const { unmount } = show();
  const convert = button('Convert to GGUF');
  fireEvent.click(convert);
  fireEvent.click(convert);
  await waitFor(() => expect(button('Delete…').disabled).toBe(true));
  expect(call.mock.calls).toEqual([['models_convert', { run: 'r1' }]]);
  unmount();
  show();
  expect(button('Convert to GGUF').disabled).toBe(true);
  finish({ models: [model], notices: [] });
  await waitFor(() => expect(button('Convert to GGUF').disabled).toBe(false));
  expect(button('Delete…').disabled).toBe(false);
});
