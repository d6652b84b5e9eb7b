import { act, cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useKeptPlace } from './useKeptPlace';

interface Props {
  isThere?: boolean;
  isResting?: boolean;
  isLoading?: boolean;
  hasPart?: boolean;
  hasDialog?: boolean;
}

function Page({
  isThere = true,
  isResting = false,
  isLoading = false,
  hasPart = true,
  hasDialog = false,
}: Props) {
  useKeptPlace();
  return (
    <main>
      <h1>Page</h1>
      <button type="button">Elsewhere</button>
      {hasPart && (
        <section>
          <h2>Part</h2>
          {isThere && (
            <button type="button" disabled={isResting} data-loading={isLoading || undefined}>
              Press
            </button>
          )}
        </section>
      )}
      {hasDialog && (
        <div role="dialog">
          <h2>Dialog</h2>
          <button type="button">Close</button>
        </div>
      )}
    </main>
  );
}

const focused = () => document.activeElement?.textContent;

async function settled() {
  await act(() => vi.advanceTimersByTimeAsync(100));
}

describe('the place of the keyboard', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
  });

  it.each([
    ['the title of its part, where a pressed button goes away', { isThere: false }, 'Part'],
    ['the title of its part, where it rests', { isResting: true }, 'Part'],
    ['the title of the page, where its part goes away, too', { hasPart: false }, 'Page'],
  ])('is %s', async (_name, change, title) => {
    const { getByText, rerender } = render(<Page />);
    getByText('Press').focus();
    rerender(<Page {...change} />);
    await settled();
    expect(focused()).toBe(title);
  });

  it('is a button again that rested while it worked', async () => {
    const { getByText, rerender } = render(<Page />);
    getByText('Press').focus();
    getByText('Press').blur(); // as a browser does by itself with what rests
    rerender(<Page isResting isLoading />);
    await settled();
    expect(document.activeElement).toBe(document.body);
    rerender(<Page />);
    await settled();
    expect(focused()).toBe('Press');
  });

  it('is what opened a dialog, after it, or the part that this was in', async () => {
    const { getByText, rerender } = render(<Page />);
    getByText('Press').focus();
    rerender(<Page hasDialog />);
    getByText('Close').focus();
    rerender(<Page />);
    await settled();
    expect(focused()).toBe('Press');
    rerender(<Page hasDialog />);
    getByText('Close').focus();
    rerender(<Page isThere={false} />);
    await settled();
    expect(focused()).toBe('Part');
  });

  it('is left to what takes the focus itself', async () => {
    const { getByText, rerender } = render(<Page />);
    getByText('Press').focus();
    rerender(<Page isThere={false} />);
    getByText('Elsewhere').focus();
    await settled();
    expect(focused()).toBe('Elsewhere');
  });

  it('is not kept for a pointer that went elsewhere', async () => {
    const { getByText, rerender } = render(<Page />);
    getByText('Press').focus();
    document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }));
    getByText('Press').blur();
    rerender(<Page isThere={false} />);
    await settled();
    expect(document.activeElement).toBe(document.body);
  });
});
