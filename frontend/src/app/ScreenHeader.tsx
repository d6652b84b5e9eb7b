import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  title: string;
  lead: string;
  children?: ReactNode;
}

/** A screen's title, which takes the focus when the screen is opened, and its actions. */
export function ScreenHeader({ title, lead, children }: Props) {
  return (
    <Group justify="space-between" align="flex-start" wrap="nowrap" gap="xl">
      <div>
        <Title order={1} tabIndex={-1}>
          {title}
        </Title>
        <Text c="var(--ink-soft)">{lead}</Text>
      </div>
      {children}
    </Group>
  );
}
