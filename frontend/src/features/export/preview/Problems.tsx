import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useProblemDetail } from '../../../i18n/details';
import { useDomainText } from '../../../i18n/domain';
import { useCounts } from '../../../i18n/formats';
import type { Problem } from '../../../ipc/generated';
import { RecordLink } from '../../conversations/RecordLink';
import classes from './Problems.module.css';
import { hasRemedy, isReadable, problemsByFate } from './problemsByFate';

interface Props {
  problems: readonly Problem[];
  fates: Readonly<Record<string, number>>;
  isEstimated?: boolean;
}

/** The records that something is wrong with, by what is wrong, each kind with its remedy. */
export function Problems({ problems, fates, isEstimated = false }: Props) {
  const { t } = useTranslation();
  const words = useDomainText();
  const written = useCounts(isEstimated);
  const worded = useProblemDetail();
  return (
    <div className={classes.problems}>
      {problemsByFate(problems).map(([fate, found]) => (
        <section key={fate} aria-label={words(`fate.${fate}`)}>
          <h3>
            {words(`fate.${fate}`)} <span>{written(fates[fate] ?? found.length)}</span>
          </h3>
          {hasRemedy(fate) && <p>{t(`export.remedy.${fate}`)}</p>}
          <ul>
            {found.map(({ record, detail }) => (
              <li key={record}>
                <span>{isReadable(fate) ? <RecordLink record={record} /> : record}</span>
                {detail !== '' && (
                  <span className={classes.detail} title={detail}>
                    {worded(fate, detail)}
                  </span>
                )}
              </li>
            ))}
          </ul>
          {(fates[fate] ?? 0) > found.length && (
            <Text size="xs" c="var(--ink-soft)">
              {t('export.problems.more', {
                count: (fates[fate] ?? 0) - found.length,
                written: written((fates[fate] ?? 0) - found.length),
              })}
            </Text>
          )}
        </section>
      ))}
    </div>
  );
}
