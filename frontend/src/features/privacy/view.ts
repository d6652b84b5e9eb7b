/** What is looked at on the privacy screen. It outlives the screen: who comes back finds it again. */
import { createStore, useStore } from '../../app/store';
import type { FindingType } from './decisions';

export const views = ['findings', 'own', 'coverage'] as const;

export interface PrivacyView {
  view: (typeof views)[number];
  /** The type whose values are shown; the first that was found where there is none of it. */
  type: FindingType | undefined;
}

const store = createStore<PrivacyView>({ view: 'findings', type: undefined });
export const lookAt = store.change;

export function usePrivacyView(): PrivacyView {
  return useStore(store);
}
