import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../../app/Notice';
import { useDomainText } from '../../../i18n/domain';
import { useFormats } from '../../../i18n/formats';
import type { ExportPreview } from '../../../ipc/generated';
import { isChosen, obstacles } from './fates';
import classes from './PreviewPane.module.css';

/** Says which choices keep most of the data out, and how to let it in. */
export function NothingMatches({ preview }: { preview: ExportPreview }) {
  const { t } = useTranslation();
  const words = useDomainText();
  const formats = useFormats();
  if (preview.estimatedFrom !== null) {
    return <Text c="var(--ink-soft)">{t('export.plan.nothingYet')}</Text>;
  }
  const found = obstacles(preview.fates);
  return (
    <Notice title={t('export.nothing.title')}>
      {found.length === 0 && t('export.nothing.empty')}
      <ul className={classes.obstacles}>
        {found.map(({ fate, count }) => (
          <li key={fate}>
            <strong>
              {words(`fate.${fate}`)} ({formats.number(count)})
            </strong>{' '}
            {isChosen(fate) && t(`export.nothing.advice.${fate}`)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
