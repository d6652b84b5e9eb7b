import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './ScreenHeader.module.css';

interface Props {
  title: string;
  lead: string;
  children?: ReactNode;
}

/** A screen's title, which takes the focus when the screen is opened, and its actions. */
export function ScreenHeader({ title, lead, children }: Props) {
  return (
    <div className={classes.header}>
      <Title order={1} tabIndex={-1}>
        {title}
      </Title>
      {children}
      <Text className={classes.lead} c="var(--ink-soft)">
        {lead}
      </Text>
    </div>
  );
}
