import { SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormats } from '../i18n/formats';
import { ScreenHeader } from './ScreenHeader';
import classes from './WorkScreen.module.css';

/** A screen on which something is prepared and started: its header, what it holds, and a bar. */
export function WorkScreen({ children }: { children: ReactNode }) {
  return <div className={classes.screen}>{children}</div>;
}

interface Props<View extends string> {
  title: string;
  /** What the screen says just now. */
  lead: string;
  /** What is switched between, for those who hear it. */
  switchLabel: string;
  view: View;
  /** The views, each with what it is called and how much it lists. */
  views: readonly { view: View; label: string; count?: number }[];
  onShow: (view: View) => void;
}

/** The title of such a screen, and the way between its views. */
export function WorkHeader<View extends string>({
  title,
  lead,
  switchLabel,
  view,
  views,
  onShow,
}: Props<View>) {
  const formats = useFormats();
  return (
    <header className={classes.header}>
      <ScreenHeader title={title} lead={lead}>
        <SegmentedControl
          className={classes.views}
          aria-label={switchLabel}
          value={view}
          data={views.map(({ view: value, label, count = 0 }) => ({
            value,
            label: count > 0 ? `${label} · ${formats.number(count)}` : label,
          }))}
          onChange={(value) => onShow(value as View)}
        />
      </ScreenHeader>
    </header>
  );
}
