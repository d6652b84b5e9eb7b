import { CopyButton } from '../../app/CopyButton';
import classes from './ExportReport.module.css';

interface Props {
  label: string;
  code: string;
  copy: string;
}

/** A line to use elsewhere. */
export function CodeLine({ label, code, copy }: Props) {
  return (
    <div className={classes.code}>
      <span>{label}</span>
      <CopyButton text={code} label={copy} />
      <code>{code}</code>
    </div>
  );
}
