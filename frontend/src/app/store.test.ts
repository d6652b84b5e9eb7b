import { act, renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { createStore, useStore } from './store';

it('changes a part, and tells who shows it until it is gone', () => {
  const store = createStore({ place: 1, name: 'one' });
  let renders = 0;
  const shown = renderHook(() => {
    renders++;
    return useStore(store);
  });
  act(() => store.change({ place: 2 }));
  expect(shown.result.current).toEqual({ place: 2, name: 'one' });
  shown.unmount();
  const before = renders;
  store.change({ name: 'two' });
  expect([store.current(), renders]).toEqual([{ place: 2, name: 'two' }, before]);
});
