import { Loader, Text } from '@mantine/core';
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../../app/FailureNote';
import { call } from '../../../ipc/client';
import type { PastExport } from '../../../ipc/generated';
import { useExportSession } from '../../export/session/ExportSession';
import classes from './Explain.module.css';
import { Explanation } from './Explanation';
import { placeWritten, sidesOf } from './place';
import { RowPicker } from './RowPicker';

/** From a row of the dataset back to where it comes from, and why it is there. */
export function ExplainRow({ past }: { past: PastExport }) {
  const { t, i18n } = useTranslation();
  const { explained, explain } = useExportSession();
  const place = explained[past.when];
  const query = useQuery({
    queryKey: ['explanation', past.when, place, i18n.language],
    queryFn:
      place === undefined
        ? skipToken
        : () => call('exports_explain_row', { when: past.when, row: placeWritten(place) }),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const [first, ...others] = sidesOf(past.report.splits);
  if (first === undefined) {
    return <Text size="sm">{t('exports.explain.empty')}</Text>;
  }
  return (
    <div className={classes.explain}>
      <RowPicker
        sides={[first, ...others]}
        shown={place}
        onShow={(wanted) => explain(past.when, wanted)}
      />
      {query.isError && <FailureNote error={query.error} />}
      {query.isLoading && <Loader size="xs" aria-label={t('exports.explain.looking')} />}
      {query.data !== undefined && <Explanation past={past} {...query.data} />}
    </div>
  );
}
