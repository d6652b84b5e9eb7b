import classes from './CodeLine.module.css';
import { CopyButton } from './CopyButton';

interface Props {
  label: string;
  code: string;
  copy: string;
}

/** A line to use elsewhere. */
export function CodeLine({ label, code, copy }: Props) {
  return (
    <div className={classes.line}>
      <span>{label}</span>
      <CopyButton text={code} label={copy} />
      <code>{code}</code>
    </div>
  );
}
