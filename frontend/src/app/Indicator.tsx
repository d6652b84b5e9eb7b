import { RingProgress } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Indicator.module.css';
import type { Screen } from './screens';

interface Props {
  /** The screen that it leads to. */
  screen: Screen;
  state: 'running' | 'done' | 'failed' | 'interrupted';
  sign: ReactNode;
  words: string;
  onFollow?: () => void;
}

/** Below the navigation, on every screen: what goes on elsewhere, or how it ended. */
export function Indicator({ screen, state, sign, words, onFollow }: Props) {
  return (
    <a
      className={classes.indicator}
      href={`#/${screen}`}
      title={words}
      data-state={state}
      onClick={onFollow}
    >
      {sign}
      <span className={classes.words}>{words}</span>
    </a>
  );
}

/** How far it is, from 0 to 1. */
export function IndicatorRing({ share }: { share: number }) {
  return (
    <RingProgress
      size={20}
      thickness={3}
      rootColor="var(--line-strong)"
      sections={[{ value: share * 100, color: 'lagoon' }]}
    />
  );
}
