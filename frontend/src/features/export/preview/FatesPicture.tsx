import { useTranslation } from 'react-i18next';
import { useDomainText } from '../../../i18n/domain';
import { useCounts, useFormats } from '../../../i18n/formats';
import classes from './FatesPicture.module.css';
import { type FateShare, fateShares } from './fates';
import { ribbons } from './ribbons';

const ROW = 26;
const WIDTH = 120;

interface Props {
  recordsRead: number;
  documentsRead: number;
  fates: Readonly<Record<string, number>>;
  /** Of how many documents this is an estimate; null or nothing where all were read. */
  estimatedFrom?: number | null;
}

/**
 * From what was read to what is kept, and why not the rest: on the left each share of the whole,
 * on the right its name and number.
 */
export function FatesPicture({ recordsRead, documentsRead, fates, estimatedFrom = null }: Props) {
  const { t } = useTranslation();
  const isEstimated = estimatedFrom !== null;
  const written = useCounts(isEstimated);
  const formats = useFormats();
  const shares = fateShares(fates);
  const height = Math.max(shares.length, 4) * ROW;
  return (
    <section className={classes.picture} aria-label={t('export.fates.title')}>
      <p className={classes.read}>
        <strong>
          {t('export.fates.records', { count: recordsRead, written: written(recordsRead) })}
        </strong>
        <span>{t('export.fates.documents', { count: documentsRead })}</span>
        {isEstimated && (
          <span>{t('export.fates.estimatedFrom', { read: formats.number(estimatedFrom) })}</span>
        )}
      </p>
      <svg
        className={classes.flow}
        height={height}
        viewBox={`0 0 ${WIDTH} ${height}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {ribbons(
          shares.map(({ share }) => share),
          { width: WIDTH, height, row: ROW },
        ).map((path, place) => (
          <path key={shares[place]?.fate} d={path} data-group={shares[place]?.group} />
        ))}
      </svg>
      <ul className={classes.fates}>
        {shares.map((share) => (
          <Fate key={share.fate} share={share} isEstimated={isEstimated} />
        ))}
        {isEstimated && (
          <li style={{ height: ROW }}>
            <span className={classes.later}>{t('export.fates.duplicatesLater')}</span>
          </li>
        )}
      </ul>
    </section>
  );
}

function Fate({ share, isEstimated }: { share: FateShare; isEstimated: boolean }) {
  const words = useDomainText();
  const formats = useFormats();
  const written = useCounts(isEstimated);
  return (
    <li data-group={share.group} style={{ height: ROW }}>
      <span className={classes.name}>{words(`fate.${share.fate}`)}</span>
      <span className={classes.count}>{written(share.count)}</span>
      <span className={classes.share}>{formats.percent(share.share)}</span>
    </li>
  );
}
