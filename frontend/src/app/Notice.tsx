import { IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './Notice.module.css';

interface Props {
  title?: string;
  children: ReactNode;
}

/** Something worth knowing that is no error. */
export function Notice({ title, children }: Props) {
  return (
    <div className={classes.notice} role="note">
      <IconInfoCircle size={18} stroke={1.8} aria-hidden />
      <div>
        {title !== undefined && <p className={classes.title}>{title}</p>}
        {children}
      </div>
    </div>
  );
}
