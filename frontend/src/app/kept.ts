import { useEffect, useState } from 'react';

// Another build of the page may know other forms of what was kept: its file has another name.
const PREFIX = `raise-finetune:${new URL(import.meta.url).pathname}:`;

/** State that outlives a reload of the page, for as long as this tab or window lives. */
export function useKept<Value>(name: string, first: Value): [Value, (value: Value) => void] {
  const [value, setValue] = useState<Value>(() => kept(name) ?? first);
  useEffect(() => keep(name, value), [name, value]);
  return [value, setValue];
}

/** What was kept under a name before the page was reloaded; null where nothing was. */
export function kept<Value>(name: string): Value | null {
  const text = sessionStorage.getItem(PREFIX + name);
  return text === null ? null : (JSON.parse(text) as Value);
}

/** `undefined`, null and an empty text are nothing to keep: a reload then begins afresh. */
export function keep(name: string, value: unknown): void {
  try {
    sessionStorage.removeItem(PREFIX + name);
    if (value !== undefined && value !== null && value !== '') {
      sessionStorage.setItem(PREFIX + name, JSON.stringify(value));
    }
  } catch {
    // No room: it is lost with a reload, as all was that is not kept.
  }
}
