import { useEffect } from 'react';
import { isTyping } from './isTyping';

/** `?` shows the keys, on every screen; in a field it is text, and a dialog has no room for it. */
export function useHelpKey(onHelp: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isOurs = event.key === '?' && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (
        isOurs &&
        !event.defaultPrevented &&
        !isTyping(event.target) &&
        document.querySelector('[role="dialog"]') === null
      ) {
        event.preventDefault();
        onHelp();
      }
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [onHelp]);
}
