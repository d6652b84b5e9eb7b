import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallOptions } from '../../ipc/client';
import type { ExportPreview, GlanceResponse, PreviewRequest } from '../../ipc/generated';
import type { Recipe } from './session/recipe';
import { usePreview } from './usePreview';

interface Asked {
  command: string;
  minimum: number | undefined;
  signal: AbortSignal | undefined;
  answer: (rows: number) => Promise<void>;
  refuse: () => Promise<void>;
}

/** What was asked; of a small domain no first look is to be had, as the program says at once. */
const { asked, domain } = vi.hoisted(() => ({ asked: [] as Asked[], domain: { isLarge: false } }));

vi.mock('../../ipc/settings', () => ({
  useSettings: () => ({ data: { dataFolder: { path: '/data' } } }),
}));
vi.mock('../../ipc/client', () => ({
  call: (
    command: string,
    { recipe }: PreviewRequest,
    options: CallOptions<'export_preview' | 'export_glance'>,
  ) =>
    new Promise<GlanceResponse>((resolve, reject) => {
      const isEstimate = command === 'export_glance';
      if (isEstimate && !domain.isLarge) {
        resolve({ preview: null });
        return;
      }
      const estimatedFrom = isEstimate ? 1000 : null;
      asked.push({
        command,
        minimum: recipe.rating?.minimum,
        signal: options.signal,
        answer: (rows) =>
          act(async () => resolve({ preview: { rows, estimatedFrom } as ExportPreview })),
        refuse: () => act(async () => reject(new Error(command))),
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

/** Lets time pass, and then what React and the queries have to do in it. */
const wait = async (milliseconds: number) => {
  await act(() => vi.advanceTimersByTimeAsync(milliseconds));
  await act(() => vi.advanceTimersByTimeAsync(0));
};

describe('the preview', () => {
  beforeEach(() => {
    asked.length = 0;
    domain.isLarge = false;
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

  describe('of much data', () => {
    beforeEach(() => {
      domain.isLarge = true;
    });
    const commands = () => asked.map((each) => each.command);

    it('is first estimated, then exact', async () => {
      const { result } = preview(rated(4));
      await wait(0);
      expect(commands()).toEqual(['export_glance']);
      expect(result.current).toMatchObject({ preview: undefined, isUpToDate: false });
      await asked[0]?.answer(68_000);
      await wait(0);
      expect(commands()).toEqual(['export_glance', 'export_preview']);
      expect(result.current).toMatchObject({
        preview: { rows: 68_000 },
        isUpToDate: true,
        isEstimate: true,
      });
      await asked[1]?.answer(49_055);
      await wait(0);
      expect(result.current).toMatchObject({
        preview: { rows: 49_055 },
        isUpToDate: true,
        isEstimate: false,
      });
      expect(commands()).toHaveLength(2);
    });

    it('looks at a new recipe soon, reads all later, and cancels both for a newer one', async () => {
      const { result, rerender } = preview(rated(4));
      await wait(0);
      await asked[0]?.answer(10);
      await wait(0);
      rerender({ recipe: rated(3), isPaused: false });
      expect(result.current).toMatchObject({ preview: { rows: 10 }, isUpToDate: false });
      await wait(130);
      expect(asked[1]?.signal?.aborted).toBe(true);
      await asked[2]?.answer(20);
      await wait(0);
      expect(result.current).toMatchObject({ preview: { rows: 20 }, isEstimate: true });
      expect(commands()).toEqual(['export_glance', 'export_preview', 'export_glance']);
      await wait(230);
      expect(commands().slice(3)).toEqual(['export_preview']);
      rerender({ recipe: rated(2), isPaused: false });
      await wait(130);
      expect(asked[3]?.signal?.aborted).toBe(true);
      rerender({ recipe: rated(1), isPaused: false });
      await wait(130);
      expect(asked[4]?.signal?.aborted).toBe(true);
      expect(asked.map(({ minimum }) => minimum)).toEqual([4, 4, 3, 3, 2, 1]);
    });

    it('is not estimated again where it is known exactly', async () => {
      const first = rated(4);
      const { result, rerender } = preview(first);
      await wait(0);
      await asked[0]?.answer(10);
      await wait(0);
      await asked[1]?.answer(9);
      rerender({ recipe: rated(3), isPaused: false });
      await wait(400);
      await asked[2]?.answer(20);
      rerender({ recipe: first, isPaused: false });
      await wait(400);
      expect(result.current).toMatchObject({ preview: { rows: 9 }, isEstimate: false });
      expect(commands().filter((command) => command === 'export_glance')).toHaveLength(2);
    });

    it('is read all the same where the first look fails', async () => {
      const { result } = preview(rated(4));
      await wait(0);
      await asked[0]?.refuse();
      await wait(0);
      expect(result.current.error).toBe(null);
      await asked[1]?.answer(5);
      await wait(0);
      expect(result.current).toMatchObject({ preview: { rows: 5 }, isUpToDate: true });
    });
  });
});
