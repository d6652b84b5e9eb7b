import { useTranslation } from 'react-i18next';
import { useDomainText } from '../../i18n/domain';
import { useFormats } from '../../i18n/formats';
import classes from './ExportReport.module.css';

/** What was mended on the way. */
export function RepairList({ repairs }: { repairs: Readonly<Record<string, number>> }) {
  const { t } = useTranslation();
  const words = useDomainText();
  const formats = useFormats();
  const entries = Object.entries(repairs);
  if (entries.length === 0) {
    return null;
  }
  return (
    <div>
      <h4>{t('exports.repairs')}</h4>
      <ul className={classes.repairs}>
        {entries.map(([repair, count]) => (
          <li key={repair}>
            <span>{words(`repair.${repair}`)}</span>
            <span>{formats.number(count)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
