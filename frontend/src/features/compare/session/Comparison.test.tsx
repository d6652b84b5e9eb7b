import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CommandFailure } from '../../../ipc/errors';
import { ComparisonProvider, useComparison } from './Comparison';

const OPENED = { run: 'one', prompts: [], notices: [], loss: null };
const ANSWERED = { answers: { base: 'b', adapter: 'a' } };

/** What was called, and with which codes the next calls are refused. */
const { called, refusals } = vi.hoisted(() => ({
  called: [] as string[],
  refusals: [] as string[],
}));

vi.mock('../../../ipc/client', () => ({
  call: async (command: string) => {
    if (command === 'compare_current') {
      return { opened: null, exchange: null };
    }
    called.push(command);
    const code = command === 'compare_start' ? undefined : refusals.shift();
    if (code !== undefined) {
      throw new CommandFailure({ code, message: code, hint: '' });
    }
    return command === 'compare_start' ? OPENED : ANSWERED;
  },
}));

function comparison() {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return renderHook(useComparison, {
    wrapper: ({ children }: { children: ReactNode }) => (
      <QueryClientProvider client={queries}>
        <ComparisonProvider>{children}</ComparisonProvider>
      </QueryClientProvider>
    ),
  }).result;
}

async function opened() {
  const result = comparison();
  act(() => result.current.choose('one'));
  act(() => result.current.open());
  await waitFor(() => expect(result.current.opened).toEqual(OPENED));
  return result;
}

beforeEach(() => {
  called.length = 0;
  refusals.length = 0;
});

it('shows no models that were loaded when another adapter was chosen already', async () => {
  const result = comparison();
  act(() => result.current.choose('one'));
  act(() => {
    result.current.open();
    result.current.choose('two');
  });
  await waitFor(() => expect(called).toEqual(['compare_start']));
  await act(() => new Promise((resolve) => setTimeout(resolve, 20)));
  expect(result.current.run).toBe('two');
  expect(result.current.opened).toBeNull();
});

describe('what failed is tried again', () => {
  it('asks once more, and leaves the models where they are', async () => {
    const result = await opened();
    refusals.push('prompt_too_long');
    act(() => result.current.ask({ row: null, question: 'Why?' }));
    await waitFor(() => expect(result.current.failure).not.toBeNull());
    act(() => result.current.retry());
    await waitFor(() => expect(result.current.answers).toEqual(ANSWERED.answers));
    expect(result.current.failure).toBeNull();
    expect(called).toEqual(['compare_start', 'compare_generate', 'compare_generate']);
  });

  it('stores once more which answer is better', async () => {
    const result = await opened();
    act(() => result.current.ask({ row: null, question: 'Why?' }));
    await waitFor(() => expect(result.current.answers).not.toBeNull());
    refusals.push('root_missing');
    act(() => result.current.mark('adapter'));
    await waitFor(() => expect(result.current.failure).not.toBeNull());
    expect(result.current.winner).toBeNull();
    act(() => result.current.retry());
    await waitFor(() => expect(result.current.winner).toBe('adapter'));
    expect(result.current.answers).toEqual(ANSWERED.answers);
    expect(called).toEqual(['compare_start', 'compare_generate', 'compare_mark', 'compare_mark']);
  });

  it.each(['inference_died', 'inference_failed', 'compare_not_open'])(
    'loads both again after %s, and forgets the failure',
    async (code) => {
      const result = await opened();
      refusals.push(code);
      act(() => result.current.ask({ row: null, question: 'Why?' }));
      await waitFor(() => expect(result.current.failure).not.toBeNull());
      act(() => result.current.retry());
      await waitFor(() => expect(result.current.opened).toEqual(OPENED));
      expect(result.current.failure).toBeNull();
      expect(result.current.asked).toBeNull();
      expect(called).toEqual(['compare_start', 'compare_generate', 'compare_start']);
    },
  );
});
