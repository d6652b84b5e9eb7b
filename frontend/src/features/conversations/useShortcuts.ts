import { useEffect, useRef } from 'react';
import { isTyping } from '../../app/isTyping';

interface Shortcuts {
  search: () => void;
  undo: () => void;
}

/** The keys that work wherever the focus is, except while a dialog asks for something. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const name = shortcutOf(event);
      if (name !== undefined && !event.defaultPrevented) {
        event.preventDefault();
        latest.current[name]();
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

function shortcutOf(event: KeyboardEvent): keyof Shortcuts | undefined {
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (event.altKey || target?.closest('[role=dialog]')) {
    return undefined;
  }
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (key === 'f' && !event.shiftKey) {
      return 'search';
    }
    return key === 'z' && !event.shiftKey && !isTyping(target) ? 'undo' : undefined;
  }
  // Which keys need Shift depends on the keyboard: a French one writes / with it.
  return key === '/' && !isTyping(target) ? 'search' : undefined;
}
