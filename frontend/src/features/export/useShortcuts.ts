import { useEffect } from 'react';

interface Shortcuts {
  onExport: () => void;
  onCancel: () => void;
}

/** Ctrl+Enter (or Cmd+Enter) exports and Esc cancels, except where Esc closes something first. */
export function useShortcuts({ onExport, onCancel }: Shortcuts): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('[role="dialog"]') !== null) {
        return;
      }
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        onExport();
      } else if (event.key === 'Escape' && !closesSomething(event.target)) {
        onCancel();
      }
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [onExport, onCancel]);
}

function closesSomething(target: EventTarget | null): boolean {
  return target instanceof Element && target.getAttribute('aria-expanded') === 'true';
}
