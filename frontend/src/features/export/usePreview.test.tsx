import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallOptions } from '../../ipc/client';
import type { ExportPreview, PreviewRequest, PreviewResponse } from '../../ipc/generated';
import type { Recipe } from './session/recipe';
import { usePreview } from './usePreview';

interface Asked {
  minimum: number | undefined;
  signal: AbortSignal | undefined;
  answer: (rows: number) => Promise<void>;
}

const { asked } = vi.hoisted(() => ({ asked: [] as Asked[] }));

vi.mock('../../ipc/settings', () => ({
  useSettings: () => ({ data: { dataFolder: { path: '/data' } } }),
}));
vi.mock('../../ipc/client', () => ({
  call: (_name: string, { recipe }: PreviewRequest, options: CallOptions<'export_preview'>) =>
    new Promise<PreviewResponse>((resolve) => {
      asked.push({
        minimum: recipe.rating?.minimum,
        signal: options.signal,
        answer: (rows) => act(async () => resolve({ preview: { rows } as ExportPreview })),
      });
    }),
}));

const rated = (minimum: number) => ({ rating: { minimum } }) as Recipe;

function preview(first: Recipe) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return renderHook(({ recipe, isPaused }) => usePreview(recipe, isPaused), {
    initialProps: { recipe: first, isPaused: false },
    wrapper: ({ children }: { children: ReactNode }) => (
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    ),
  });
}

const wait = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));

describe('the preview', () => {
  beforeEach(() => {
    asked.length = 0;
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('asks once the recipe rests, and cancels what was asked for an older one', async () => {
    const { rerender } = preview(rated(4));
    await wait(0);
    rerender({ recipe: rated(3), isPaused: false });
    await wait(100);
    rerender({ recipe: rated(2), isPaused: false });
    await wait(100);
    expect(asked.map((each) => each.minimum)).toEqual([4]);
    expect(asked[0]?.signal?.aborted).toBe(false);
    await wait(400);
    expect(asked.map((each) => each.minimum)).toEqual([4, 2]);
    expect(asked.map((each) => each.signal?.aborted)).toEqual([true, false]);
  });

  it('shows the one before, with its recipe, until the new one is there', async () => {
    const { result, rerender } = preview(rated(4));
    await wait(0);
    expect(result.current.preview).toBeUndefined();
    await asked[0]?.answer(10);
    await wait(0);
    expect(result.current).toMatchObject({ preview: { rows: 10 }, isUpToDate: true });
    const newer = rated(2);
    rerender({ recipe: newer, isPaused: false });
    expect(result.current).toMatchObject({
      preview: { rows: 10 },
      previewed: { rating: { minimum: 4 } },
      isUpToDate: false,
    });
    await wait(400);
    await asked[1]?.answer(20);
    await wait(0);
    expect(result.current).toMatchObject({
      preview: { rows: 20 },
      previewed: newer,
      isUpToDate: true,
    });
  });

  it('rests while an export runs', async () => {
    const { rerender } = preview(rated(4));
    await wait(0);
    await asked[0]?.answer(10);
    rerender({ recipe: rated(3), isPaused: true });
    await wait(1000);
    expect(asked).toHaveLength(1);
    rerender({ recipe: rated(3), isPaused: false });
    await wait(0);
    expect(asked).toHaveLength(2);
  });
});
