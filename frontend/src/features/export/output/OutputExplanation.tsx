import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../i18n/formats';
import classes from './OutputBar.module.css';
import type { Output } from './useOutput';

/** What the written path means: one file or a folder, where, and what it replaces. */
export function OutputExplanation({ output: { place, isRelative, replaces } }: { output: Output }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (place === null) {
    return t('export.target.empty');
  }
  return (
    <>
      <strong>{t(`export.target.${place.kind}`)}</strong> {t(`export.target.${place.kind}Help`)}{' '}
      <span className={classes.where}>
        {isRelative && <span className={classes.resolved}>{place.path}</span>}
        {isRelative && replaces !== undefined && ' · '}
        {replaces !== undefined && (
          <span className={classes.replaces}>
            {t('export.target.replaces', { when: formats.moment(replaces.when) })}
          </span>
        )}
      </span>
    </>
  );
}
