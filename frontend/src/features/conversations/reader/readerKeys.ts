/** What a key means while the reader has the focus. */
export type ReaderAction =
  | { name: 'rate'; rating: number }
  | { name: 'walk' | 'step'; step: number }
  | { name: 'remove' | 'correct' | 'asWritten' | 'leave' };

interface Key {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

const actions: Record<string, ReaderAction> = {
  j: { name: 'walk', step: 1 },
  ArrowDown: { name: 'walk', step: 1 },
  k: { name: 'walk', step: -1 },
  ArrowUp: { name: 'walk', step: -1 },
  n: { name: 'step', step: 1 },
  p: { name: 'step', step: -1 },
  Backspace: { name: 'remove' },
  Delete: { name: 'remove' },
  c: { name: 'correct' },
  m: { name: 'asWritten' },
  Escape: { name: 'leave' },
};

export function readerAction(event: Key): ReaderAction | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return undefined;
  }
  const digit = digitOf(event);
  if (digit === 0) {
    return { name: 'remove' };
  }
  if (digit !== undefined) {
    return { name: 'rate', rating: digit };
  }
  return actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
}

/**
 * 0 to 5, by the place on the keyboard as well: on a French one the digits of the upper row need
 * the Shift key, and nobody should.
 */
function digitOf({ key, code }: Key): number | undefined {
  const digit = /^[0-5]$/.exec(key)?.[0] ?? /^Digit([0-5])$/.exec(code)?.[1];
  return digit === undefined ? undefined : Number(digit);
}
