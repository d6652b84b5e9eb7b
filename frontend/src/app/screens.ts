import {
  type Icon,
  IconArrowsLeftRight,
  IconCube,
  IconMessages,
  IconPackageExport,
  IconSchool,
  IconSettings,
  IconShieldLock,
} from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';

export const screens = [
  'conversations',
  'privacy',
  'export',
  'training',
  'models',
  'compare',
  'settings',
] as const;
export type Screen = (typeof screens)[number];

export const screenIcons: Record<Screen, Icon> = {
  conversations: IconMessages,
  privacy: IconShieldLock,
  export: IconPackageExport,
  training: IconSchool,
  models: IconCube,
  compare: IconArrowsLeftRight,
  settings: IconSettings,
};

/** The screen that the address names, such as `#/settings`; the first one by default. */
export function screenOf(hash: string): Screen {
  return screens.find((screen) => hash === `#/${screen}`) ?? screens[0];
}

export function goTo(screen: Screen): void {
  window.location.hash = `/${screen}`;
}

export function useScreen(): Screen {
  return useSyncExternalStore(subscribe, () => screenOf(window.location.hash));
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}
