import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRovingRows } from '../../../app/useRovingRows';
import { useProblemDetail } from '../../../i18n/details';
import { useDomainText } from '../../../i18n/domain';
import { useCounts } from '../../../i18n/formats';
import type { Problem } from '../../../ipc/generated';
import { RecordLink } from '../../conversations/RecordLink';
import { placeOfRecord } from '../../conversations/recordName';
import classes from './Problems.module.css';
import { hasRemedy, isReadable, problemsByFate } from './problemsByFate';

interface Props {
  problems: readonly Problem[];
  fates: Readonly<Record<string, number>>;
  isEstimated?: boolean;
  /** The data folder that they were read from; that which is open where nothing is said. */
  root?: string;
}

/** The records that something is wrong with, by what is wrong, each kind with its remedy. */
export function Problems({ problems, fates, isEstimated = false, root }: Props) {
  const { t } = useTranslation();
  const words = useDomainText();
  const written = useCounts(isEstimated);
  return (
    <div className={classes.problems}>
      {problemsByFate(problems).map(([fate, found]) => (
        <section key={fate} aria-label={words(`fate.${fate}`)}>
          <h3>
            {words(`fate.${fate}`)} <span>{written(fates[fate] ?? found.length)}</span>
          </h3>
          {hasRemedy(fate) && <p>{t(`export.remedy.${fate}`)}</p>}
          <Found fate={fate} found={found} {...(root !== undefined && { root })} />
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

interface FoundProps extends Pick<Props, 'root'> {
  fate: string;
  found: readonly Problem[];
}

/** The records of a fate: one stop of the Tab key, since there may be dozens. */
function Found({ fate, found, root }: FoundProps) {
  const worded = useProblemDetail();
  const linked = found.filter(isLinked);
  const rover = useRovingRows(linked.length);
  return (
    <ul onKeyDown={rover.onKeyDown}>
      {found.map((problem) => {
        const { record, detail } = problem;
        const at = linked.indexOf(problem);
        return (
          <li key={record} {...(at >= 0 && rover.row(at))}>
            <span>
              {at < 0 ? (
                record
              ) : (
                <RecordLink
                  record={record}
                  tabIndex={rover.tabIndex(at)}
                  {...(root !== undefined && { root })}
                />
              )}
            </span>
            {detail !== '' && (
              <span className={classes.detail} title={detail}>
                {worded(fate, detail)}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function isLinked({ fate, record }: Problem): boolean {
  return isReadable(fate) && placeOfRecord(record) !== null;
}
