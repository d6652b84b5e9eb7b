import { ActionIcon, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  label: string;
  /** Whether it is in force, of one that stays so until it is pressed again. */
  pressed?: boolean;
  onClick: () => void;
  children: ReactNode;
}

/** A button that is an icon; its name shows where the pointer rests. */
export function IconAction({ label, pressed, onClick, children }: Props) {
  return (
    <Tooltip label={label} openDelay={400}>
      <ActionIcon
        {...(pressed === true ? { variant: 'light' } : { variant: 'subtle', color: 'gray' })}
        aria-label={label}
        {...(pressed !== undefined && { 'aria-pressed': pressed })}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
