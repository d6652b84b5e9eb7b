import { Button, type ButtonProps } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Props extends Pick<ButtonProps, 'disabled' | 'loading'> {
  icon: Icon;
  /** Whether it is what is wanted most; one of a row is at the most. */
  isMain?: boolean;
  title?: string;
  onClick: () => void;
  children: ReactNode;
}

/** One of a row of small buttons, its icon before its words. */
export function ActionButton({ icon: Icon, isMain = false, ...others }: Props) {
  return (
    <Button
      size="xs"
      variant={isMain ? 'filled' : 'default'}
      leftSection={<Icon size={15} aria-hidden />}
      {...others}
    />
  );
}
