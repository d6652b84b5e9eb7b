import { type KeyboardEvent, useState } from 'react';

/**
 * A toolbar is one stop of the Tab key: the arrow keys, Home and End walk within it. Put
 * `onKeyDown` on it and `item(n)` on its controls, of which there are `count`.
 */
export function useRovingFocus(count: number) {
  const [current, setCurrent] = useState(0);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const items: Element[] = [...event.currentTarget.querySelectorAll('[data-item]')];
    const place = document.activeElement === null ? -1 : items.indexOf(document.activeElement);
    const next = {
      ArrowRight: place + 1,
      ArrowLeft: place - 1,
      Home: 0,
      End: items.length - 1,
    }[event.key];
    if (next !== undefined && place !== -1) {
      event.preventDefault();
      const item = items[(next + items.length) % items.length];
      if (item instanceof HTMLElement) {
        item.focus();
      }
    }
  };
  return {
    onKeyDown,
    item: (place: number) => ({
      'data-item': place,
      // The control that was the stop may be gone.
      tabIndex: place === Math.min(current, count - 1) ? 0 : -1,
      onFocus: () => setCurrent(place),
    }),
  };
}
