import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/**
 * Keeps the focus in a list whose items are replaced under it: where the focused one is gone, the
 * item at its place takes over, else the last. Without this the keyboard would be lost.
 */
export function useKeptFocus(
  list: RefObject<HTMLElement | null>,
  selector: string,
  items: unknown,
): void {
  const place = useRef(-1);
  useEffect(() => {
    const note = () => {
      place.current = itemsOf(list, selector).indexOf(document.activeElement as HTMLElement);
    };
    // A removed element is not told that it loses the focus, so its place is still known then.
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, [list, selector]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: when the items change, the focus may be lost.
  useLayoutEffect(() => {
    if (place.current >= 0 && document.activeElement === document.body) {
      const now = itemsOf(list, selector);
      now[Math.min(place.current, now.length - 1)]?.focus();
    }
  }, [items, list, selector]);
}

function itemsOf(list: RefObject<HTMLElement | null>, selector: string): HTMLElement[] {
  return [...(list.current?.querySelectorAll<HTMLElement>(selector) ?? [])];
}
