/** What is looked at on the privacy screen. It outlives the screen: who comes back finds it again. */
import { useSyncExternalStore } from 'react';
import type { FindingType } from './decisions';

export const views = ['findings', 'own', 'coverage'] as const;

export interface PrivacyView {
  view: (typeof views)[number];
  /** The type whose values are shown; the first that was found where there is none of it. */
  type: FindingType | undefined;
}

let current: PrivacyView = { view: 'findings', type: undefined };
const listeners = new Set<() => void>();

export function usePrivacyView(): PrivacyView {
  return useSyncExternalStore(subscribe, () => current);
}

export function lookAt(part: Partial<PrivacyView>): void {
  current = { ...current, ...part };
  for (const listener of listeners) {
    listener();
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
