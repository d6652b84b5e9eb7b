import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDomainText } from '../../i18n/domain';
import { useCounts } from '../../i18n/formats';
import classes from './MaskedCounts.module.css';

interface Props {
  /** How many places were masked, by type. */
  masked: Readonly<Record<string, number>>;
  isEnabled: boolean;
  /** Whether to lead to the screen on which they are looked at. */
  hasLink?: boolean;
  isEstimated?: boolean;
}

/** How much sensitive data is masked, by type. */
export function MaskedCounts({ masked, isEnabled, hasLink = false, isEstimated = false }: Props) {
  const { t } = useTranslation();
  const words = useDomainText();
  const written = useCounts(isEstimated);
  const counts = Object.entries(masked).sort(([, one], [, other]) => other - one);
  return (
    <div className={classes.masked}>
      {!isEnabled && <p data-warning>{t('privacy.masked.off')}</p>}
      {isEnabled && counts.length === 0 && <p>{t('privacy.masked.none')}</p>}
      {counts.length > 0 && (
        <ul>
          {counts.map(([type, count]) => (
            <li key={type}>
              {words(`sensitive.${type}`)} <b>{written(count)}</b>
            </li>
          ))}
        </ul>
      )}
      {hasLink && counts.length > 0 && <p>{t('privacy.masked.help')}</p>}
      {hasLink && (
        <Anchor href="#/privacy" size="xs">
          {t('privacy.masked.review')}
        </Anchor>
      )}
    </div>
  );
}
