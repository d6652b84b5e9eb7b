import { fireEvent, renderHook } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { useShortcuts } from './useShortcuts';

function pressed(key: string, modifiers: object = {}, target: Element = document.body): string[] {
  const shortcuts = { search: vi.fn(), undo: vi.fn() };
  const { unmount } = renderHook(() => useShortcuts(shortcuts));
  fireEvent.keyDown(target, { key, ...modifiers });
  unmount();
  return Object.entries(shortcuts).flatMap(([name, called]) =>
    called.mock.calls.length > 0 ? [name] : [],
  );
}

const inside = (outer: string, inner: string) => {
  const element = document.createElement('div');
  element.innerHTML = `<div ${outer}><${inner}></${inner}></div>`;
  document.body.append(element);
  return element.querySelector(inner) ?? element;
};

describe('the keys of the screen', () => {
  it('work wherever the focus is', () => {
    expect(pressed('/')).toEqual(['search']);
    expect(pressed('f', { ctrlKey: true })).toEqual(['search']);
    expect(pressed('z', { ctrlKey: true })).toEqual(['undo']);
    expect(pressed('z', { ctrlKey: true, shiftKey: true })).toEqual([]);
    expect(pressed('a')).toEqual([]);
  });

  it('are text to a field, which undoes its own changes', () => {
    expect(pressed('/', {}, inside('', 'input'))).toEqual([]);
    expect(pressed('/', {}, inside('', 'textarea'))).toEqual([]);
    expect(pressed('z', { ctrlKey: true }, inside('', 'input'))).toEqual([]);
    expect(pressed('f', { ctrlKey: true }, inside('', 'input'))).toEqual(['search']);
  });

  it('are nothing to a dialog', () => {
    expect(pressed('/', {}, inside('role=dialog', 'button'))).toEqual([]);
    expect(pressed('z', { ctrlKey: true }, inside('role=dialog', 'button'))).toEqual([]);
  });
});
