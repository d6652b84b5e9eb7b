import { Collapse, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import classes from './Folded.module.css';

interface Props {
  title: string;
  children: ReactNode;
}

/** What is shown only when asked for; it is not made before. */
export function Folded({ title, children }: Props) {
  const [isOpen, setOpen] = useState(false);
  const content = useId();
  return (
    <div>
      <UnstyledButton
        className={classes.control}
        aria-expanded={isOpen}
        aria-controls={content}
        onClick={() => setOpen(!isOpen)}
      >
        <IconChevronRight size={14} aria-hidden data-open={isOpen || undefined} />
        {title}
      </UnstyledButton>
      <Collapse expanded={isOpen} id={content}>
        <div className={classes.content}>{isOpen && children}</div>
      </Collapse>
    </div>
  );
}
