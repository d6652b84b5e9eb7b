import { Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './SettingsSection.module.css';

interface Props {
  title: string;
  lead: string;
  children: ReactNode;
}

/** One group of settings: what it is about on the left, its fields on the right. */
export function SettingsSection({ title, lead, children }: Props) {
  const heading = useId();
  return (
    <section className={classes.panel} aria-labelledby={heading}>
      <div>
        <Title order={2} size="md" id={heading}>
          {title}
        </Title>
        <Text size="sm" c="var(--ink-soft)" mt={4}>
          {lead}
        </Text>
      </div>
      <Stack gap="lg">{children}</Stack>
    </section>
  );
}
