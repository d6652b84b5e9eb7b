import { fireEvent, renderHook } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useHelpKey } from './useHelpKey';

function isHelped(html: string, key: object = {}): boolean {
  const onHelp = vi.fn();
  document.body.innerHTML = html;
  const { unmount } = renderHook(() => useHelpKey(onHelp));
  fireEvent.keyDown(document.querySelector('#here') ?? document.body, { key: '?', ...key });
  unmount();
  return onHelp.mock.calls.length === 1;
}

describe('the key for the keys', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it.each([
    ['', true],
    ['<button id="here"></button>', true],
    ['<input id="here" type="radio">', true],
    ['<input id="here" type="checkbox">', true],
    ['<input id="here">', false],
    ['<input id="here" type="search">', false],
    ['<textarea id="here"></textarea>', false],
    ['<select id="here"></select>', false],
    ['<div role="dialog"></div>', false],
  ])('on %j', (html, helped) => {
    expect(isHelped(html)).toBe(helped);
  });

  it('is pressed without others, but for Shift', () => {
    expect(isHelped('', { shiftKey: true })).toBe(true);
    expect(isHelped('', { ctrlKey: true })).toBe(false);
    expect(isHelped('', { key: '!' })).toBe(false);
  });
});
