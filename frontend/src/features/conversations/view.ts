/**
 * What the user looks at. It outlives the screen, so that coming back from another one finds the
 * same list, at the same place, with the same conversation open.
 */
import { createStore, useStore } from '../../app/store';
import { type Filters, noFilters } from './filters';

export interface View {
  /** The data folder that all of this is about. */
  root: string;
  filters: Filters;
  filtersOpen: boolean;
  /** Counts the lists asked for: another one means asking the program again. */
  generation: number;
  /** The place in the list. */
  cursor: number;
  /** Whether what the cursor is on is opened, and what then has the focus. */
  following: 'no' | 'list' | 'reader';
  /** What the reader shows. */
  record: string | null;
  /** The answer of `record` to begin with, by its index; null leaves that to the reader. */
  answer: number | null;
  /** The reader takes the focus as soon as it shows `record`. */
  focusReader: boolean;
  /** Messages as they were written, instead of formatted. */
  asWritten: boolean;
}

const fresh: View = {
  root: '',
  filters: noFilters,
  filtersOpen: false,
  generation: 0,
  cursor: 0,
  following: 'no',
  record: null,
  answer: null,
  focusReader: false,
  asWritten: false,
};

const store = createStore(fresh);
export const currentView = store.current;
export const changeView = store.change;

export function useView(): View {
  return useStore(store);
}

/** Start afresh where the data folder is another one. */
export function enterFolder(root: string): void {
  const { root: before, generation } = currentView();
  if (before !== root) {
    changeView({ ...fresh, root, generation: generation + 1 });
  }
}

export function changeFilters(change: Partial<Filters>): void {
  changeView({ filters: { ...currentView().filters, ...change } });
  askAgain();
}

/** Ask for the list anew, from its beginning; what is being read stays open. */
export function askAgain(): void {
  changeView({ generation: currentView().generation + 1, cursor: 0, following: 'no' });
}

export function moveCursor(cursor: number, following: 'list' | 'reader' = 'list'): void {
  changeView({ cursor, following });
}

/** The place in another list of what the cursor was on: nothing else is opened. */
export function moveCursorTo(cursor: number): void {
  changeView({ cursor });
}

interface Opening {
  focus?: boolean;
  answer?: number | null;
}

export function openRecord(record: string, { focus = false, answer = null }: Opening = {}): void {
  changeView({ record, answer, focusReader: focus });
}
