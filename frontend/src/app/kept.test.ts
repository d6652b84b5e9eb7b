import { act, renderHook } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { useKept } from './kept';

/** What a component gets that begins anew, as after a reload. */
function begun<Value>(name: string, first: Value) {
  return renderHook(() => useKept(name, first)).result;
}

it('begins with what was there before a reload, each under its name', () => {
  const { current } = begun('one', 'first');
  expect(current[0]).toBe('first');
  act(() => current[1]('typed'));
  expect(begun('one', 'first').current[0]).toBe('typed');
  expect(begun('other', 'first').current[0]).toBe('first');
});

it('begins afresh once nothing is there any more', () => {
  const result = begun<{ deep: string[] } | undefined>('one', undefined);
  act(() => result.current[1]({ deep: ['value'] }));
  expect(begun('one', undefined).current[0]).toEqual({ deep: ['value'] });
  act(() => result.current[1](undefined));
  expect(begun('one', undefined).current[0]).toBeUndefined();
  const text = begun<string | null>('two', null);
  act(() => text.current[1]('typed'));
  act(() => text.current[1](''));
  expect(begun('two', null).current[0]).toBeNull();
});

it('works on where there is no room to keep anything', () => {
  const setItem = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  vi.stubGlobal('sessionStorage', { getItem: () => null, removeItem: () => {}, setItem });
  const result = begun('one', 'first');
  act(() => result.current[1]('typed'));
  expect(result.current[0]).toBe('typed');
  vi.unstubAllGlobals();
});
