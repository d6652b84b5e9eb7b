import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './Notice.module.css';

interface Props {
  title?: string;
  /** Whether it tells of something that failed, and not of what is only worth knowing. */
  isFailure?: boolean;
  children: ReactNode;
}

/** Something worth knowing that is no answer to what was just done. */
export function Notice({ title, isFailure = false, children }: Props) {
  const Icon = isFailure ? IconAlertTriangle : IconInfoCircle;
  return (
    <div className={classes.notice} data-fails={isFailure || undefined} role="note">
      <Icon size={18} stroke={1.8} aria-hidden />
      <div>
        {title !== undefined && <p className={classes.title}>{title}</p>}
        {children}
      </div>
    </div>
  );
}
