import { useSyncExternalStore } from 'react';

/** What outlives the screen that shows it, and is changed from anywhere on the page. */
export interface Store<State> {
  current: () => State;
  change: (part: Partial<State>) => void;
  subscribe: (listener: () => void) => () => void;
}

export function createStore<State extends object>(first: State): Store<State> {
  let state = first;
  const listeners = new Set<() => void>();
  return {
    current: () => state,
    change: (part) => {
      state = { ...state, ...part };
      for (const listener of listeners) {
        listener();
      }
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useStore<State>({ subscribe, current }: Store<State>): State {
  return useSyncExternalStore(subscribe, current);
}
