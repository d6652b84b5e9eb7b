import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GivenRating, ListResponse, ReadResponse } from '../../../ipc/generated';
import { scanKey } from '../../privacy/findings/useScan';
import { withGiven } from '../ratings';
import { conversation, given, turn } from '../testing';
import { libraryKeys } from './keys';
import type { Change } from './undo';
import { popUndo } from './undo';
import { type Outcome, useRating } from './useRating';

const { invoke } = vi.hoisted(() => ({ invoke: vi.fn() }));
vi.mock('@tauri-apps/api/core', () => ({ invoke, Channel: class {} }));

const ROOT = '/data';
const start = conversation(turn({ index: 0, role: 'user' }), turn({ index: 1 }));
const readingKey = libraryKeys.reading(ROOT, start.record);

let queries: QueryClient;
let stored: ReadResponse;
let outcomes: Outcome[];

const wrapper = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={queries}>{children}</QueryClientProvider>
);
const render = () =>
  renderHook(() => useRating(ROOT, (outcome) => outcomes.push(outcome)), { wrapper }).result;
const rating = () => queries.getQueryData<ReadResponse>(readingKey)?.turns[1]?.rating;
const rate = (said: GivenRating | null): Change => ({
  root: ROOT,
  record: start.record,
  title: start.title,
  index: 1,
  given: said,
});

/** Answers as the program does. */
function program(name: string, request: { index: number } & GivenRating) {
  const { index, rating: stars, correction, tags, note } = request;
  const before = stored.turns[1]?.given ?? null;
  const said = name === 'answer_rate' ? { rating: stars, correction, tags, note } : null;
  stored = withGiven(stored, index, said);
  return Promise.resolve({ before, conversation: stored });
}

beforeEach(() => {
  stored = start;
  outcomes = [];
  queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  queries.setQueryData(readingKey, start);
  invoke.mockReset().mockImplementation(program);
});
afterEach(() => {
  while (popUndo(ROOT) !== undefined);
});

describe('rating', () => {
  it('shows at once, before it is stored', async () => {
    let answer: () => void = () => {};
    invoke.mockImplementation(
      (name, request) =>
        new Promise((resolve) => {
          answer = () => resolve(program(name, request));
        }),
    );
    const hook = render();
    let done: Promise<unknown> = Promise.resolve();
    act(() => {
      done = hook.current.rate(rate(given(4)));
    });
    await waitFor(() => expect(rating()).toBe(4));
    expect(outcomes).toEqual([]);
    await waitFor(() => expect(invoke).toHaveBeenCalled());
    await act(async () => {
      answer();
      await done;
    });
    expect(outcomes).toEqual([{ change: rate(given(4)), isUndo: false }]);
  });

  it('is taken back on the page where it was not stored, and can then not be undone', async () => {
    invoke.mockRejectedValue(new Error('disk full'));
    const hook = render();
    await act(async () => {
      await expect(hook.current.rate(rate(given(4)))).rejects.toThrow('disk full');
    });
    expect(rating()).toBeNull();
    expect(outcomes).toEqual([]);
    expect(await act(() => hook.current.undo())).toBe(false);
  });

  it('stores one after another and ends with the last', async () => {
    const hook = render();
    await act(async () => {
      await Promise.all([3, 5, 2].map((stars) => hook.current.rate(rate(given(stars)))));
    });
    expect(invoke.mock.calls.map(([, request]) => request.rating)).toEqual([3, 5, 2]);
    expect([rating(), stored.turns[1]?.rating]).toEqual([2, 2]);
  });

  it('is undone level by level, down to nothing', async () => {
    const said = given(3, { correction: 'Better', tags: ['t'], note: 'why' });
    const hook = render();
    await act(() => hook.current.rate(rate(said)));
    await act(() => hook.current.rate(rate(given(5))));
    await act(() => hook.current.rate(rate(null)));
    const seen: unknown[] = [];
    while (await act(() => hook.current.undo())) {
      seen.push(stored.turns[1]?.given);
    }
    expect(seen).toEqual([given(5), said, null]);
    expect(outcomes.map(({ isUndo }) => isUndo)).toEqual([false, false, false, true, true, true]);
  });

  it('waits for what is on its way before it undoes', async () => {
    const hook = render();
    await act(async () => {
      void hook.current.rate(rate(given(1)));
      void hook.current.rate(rate(given(5)));
      await hook.current.undo();
    });
    expect(stored.turns[1]?.given).toEqual(given(1));
  });

  it('can be undone once more where undoing failed', async () => {
    const hook = render();
    await act(() => hook.current.rate(rate(given(4))));
    invoke.mockRejectedValueOnce(new Error('busy'));
    await act(async () => {
      await expect(hook.current.undo()).rejects.toThrow('busy');
    });
    expect(await act(() => hook.current.undo())).toBe(true);
    expect(stored.turns[1]?.given).toBeNull();
  });

  it('lets sensitive data be looked for again: an export takes other answers now', async () => {
    const scan = [...scanKey, ROOT];
    queries.setQueryData(scan, { examples: 1 });
    const hook = render();
    expect(queries.getQueryState(scan)?.isInvalidated).toBe(false);
    await act(() => hook.current.rate(rate(given(5))));
    expect(queries.getQueryState(scan)?.isInvalidated).toBe(true);
  });

  it('shows in the list and in the count of rated answers', async () => {
    const entry = {
      record: start.record,
      kind: 'conversation' as const,
      title: 'One',
      snippet: '',
      date: '',
      tags: [],
      answers: 1,
      ratings: [],
    };
    const listKey = libraryKeys.list(ROOT, 1);
    const summaryKey = libraryKeys.summary(ROOT);
    queries.setQueryData(listKey, { listing: 'l', total: 1, entries: [entry] });
    queries.setQueryData(summaryKey, { ratedAnswers: 7, tags: [] });
    const hook = render();
    const known = () => [
      queries.getQueryData<ListResponse>(listKey)?.entries[0]?.ratings,
      queries.getQueryData<{ ratedAnswers: number }>(summaryKey)?.ratedAnswers,
    ];
    await act(() => hook.current.rate(rate(given(4))));
    expect(known()).toEqual([[4], 8]);
    await act(() => hook.current.rate(rate(given(2))));
    expect(known()).toEqual([[2], 8]);
    await act(() => hook.current.undo());
    await act(() => hook.current.undo());
    expect(known()).toEqual([[], 7]);
  });
});
