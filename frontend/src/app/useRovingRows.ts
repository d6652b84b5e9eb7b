import { type KeyboardEvent, useState } from 'react';

/** What makes an element a row of such a list. */
export interface Row {
  'data-row': number;
  onFocus: () => void;
}

/**
 * A long list is one stop of the Tab key, or as many as a row has controls: ↑ and ↓, Home and End
 * walk from row to row, to the same control there. Put `onKeyDown` on the list, `row(n)` on its
 * rows and `tabIndex(n)` on their controls. `start` is the row that Tab comes to first.
 */
export function useRovingRows(count: number, start = 0) {
  const [current, setCurrent] = useState(start);
  const [lastStart, setLastStart] = useState(start);
  if (lastStart !== start) {
    setLastStart(start);
    setCurrent(start);
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !(event.target instanceof HTMLElement)) {
      return;
    }
    const rows = [...event.currentTarget.querySelectorAll('[data-row]')];
    const row = event.target.closest('[data-row]');
    const place = row === null ? -1 : rows.indexOf(row);
    const wanted = {
      ArrowDown: place + 1,
      ArrowUp: place - 1,
      Home: 0,
      End: rows.length - 1,
    }[event.key];
    if (row === null || wanted === undefined) {
      return;
    }
    event.preventDefault();
    const next = rows[wanted];
    if (next !== undefined) {
      const controls = controlsOf(next);
      const same = controlsOf(row).indexOf(event.target);
      (controls[same] ?? controls.at(-1))?.focus();
    }
  };
  return {
    onKeyDown,
    row: (place: number): Row => ({ 'data-row': place, onFocus: () => setCurrent(place) }),
    // The row that was the stop may be gone.
    tabIndex: (place: number) => (place === Math.min(current, count - 1) ? 0 : -1),
  };
}

function controlsOf(row: Element): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>('a[href], button')];
}
