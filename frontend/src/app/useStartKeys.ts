import { useEffect } from 'react';

interface StartKeys {
  onStart: () => void;
  onCancel?: () => void;
}

/** Ctrl+Enter (or Cmd+Enter) starts and Esc cancels, except where Esc closes something first. */
export function useStartKeys({ onStart, onCancel }: StartKeys): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('[role="dialog"]') !== null) {
        return;
      }
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        onStart();
      } else if (event.key === 'Escape' && !closesSomething(event.target)) {
        onCancel?.();
      }
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [onStart, onCancel]);
}

function closesSomething(target: EventTarget | null): boolean {
  return target instanceof Element && target.getAttribute('aria-expanded') === 'true';
}
