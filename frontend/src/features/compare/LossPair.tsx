import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/formats';
import type { Loss } from '../../ipc/generated';
import { useFigures } from '../training/figures';
import classes from './Compare.module.css';

/** How well each side foretells the answers that the training has not seen. */
export function LossPair({ loss }: { loss: Loss }) {
  const { t } = useTranslation();
  const figures = useFigures();
  const formats = useFormats();
  const change = loss.base > 0 ? (loss.adapter - loss.base) / loss.base : 0;
  return (
    <section aria-label={t('compare.loss.title')}>
      <dl className={classes.losses}>
        <div>
          <dt>{t('compare.loss.base')}</dt>
          <dd>{figures.loss(loss.base)}</dd>
        </div>
        <div>
          <dt>{t('compare.loss.adapter')}</dt>
          <dd data-better={loss.adapter < loss.base || undefined}>{figures.loss(loss.adapter)}</dd>
        </div>
      </dl>
      <p className={classes.soft}>
        {t(change < 0 ? 'compare.loss.better' : 'compare.loss.notBetter', {
          share: formats.percent(Math.abs(change)),
          rows: t('exports.rows', { count: loss.rows }),
        })}
        {loss.trimmed > 0 && ` ${t('compare.loss.trimmed', { count: loss.trimmed })}`}
        {loss.skipped > 0 && ` ${t('compare.loss.skipped', { count: loss.skipped })}`}
      </p>
    </section>
  );
}
