import { Accordion, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './RecipeForm.module.css';

interface Props {
  name: string;
  title: string;
  /** What is chosen, in a few words; shown while the group is folded. */
  summary: string;
  isOpen: boolean;
  children: ReactNode;
}

/** One group of the recipe. Folded, it still says what is chosen. */
export function FormGroup({ name, title, summary, isOpen, children }: Props) {
  return (
    <Accordion.Item value={name}>
      <Accordion.Control>
        <span className={classes.title}>{title}</span>
        {!isOpen && (
          <Text span size="xs" c="var(--ink-soft)" truncate className={classes.summary}>
            {summary}
          </Text>
        )}
      </Accordion.Control>
      <Accordion.Panel>
        <Stack gap="md">{children}</Stack>
      </Accordion.Panel>
    </Accordion.Item>
  );
}
