import { act, cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startI18n } from '../i18n';
import { FirstTimeNote } from './FirstTimeNote';

describe('a task that takes long to begin', () => {
  beforeEach(async () => {
    await startI18n();
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
    cleanup();
  });

  it('is explained after a while, and not at once', () => {
    const { container } = render(<FirstTimeNote />);
    act(() => vi.advanceTimersByTime(2400));
    expect(container.textContent).toBe('');
    act(() => vi.advanceTimersByTime(200));
    expect(container.textContent).toBe(
      'The first time on this machine, the masking rules are prepared: some seconds.',
    );
  });
});
