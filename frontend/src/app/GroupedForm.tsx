import { Accordion, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './GroupedForm.module.css';

interface FormProps {
  /** Of which order the groups' titles are headings. */
  order: 2 | 3;
  openGroups: string[];
  onOpen: (groups: string[]) => void;
  children: ReactNode;
}

/** A long form in groups that fold, each of which is a `FormGroup`. */
export function GroupedForm({ order, openGroups, onOpen, children }: FormProps) {
  return (
    <Accordion
      multiple
      order={order}
      chevronPosition="left"
      transitionDuration={120}
      classNames={{
        item: classes.group,
        control: classes.control,
        label: classes.label,
        chevron: classes.chevron,
        content: classes.fields,
      }}
      value={openGroups}
      onChange={onOpen}
    >
      {children}
    </Accordion>
  );
}

interface GroupProps {
  name: string;
  title: string;
  /** What is chosen, in a few words; shown while the group is folded. */
  summary: string;
  isOpen: boolean;
  children: ReactNode;
}

/** One group of a form. Folded, it still says what is chosen. */
export function FormGroup({ name, title, summary, isOpen, children }: GroupProps) {
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
