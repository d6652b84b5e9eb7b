import { type RefObject, useEffect } from 'react';

/**
 * What takes the place of the element that had the focus takes the focus, too: without this the
 * keyboard would begin again at the top of the page.
 */
export function useTakenOverFocus(
  element: RefObject<HTMLElement | null>,
  isSuccessor = true,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it appears.
  useEffect(() => {
    if (isSuccessor && document.activeElement === document.body) {
      element.current?.focus({ preventScroll: true });
    }
  }, []);
}
