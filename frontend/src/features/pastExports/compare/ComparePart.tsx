import { Loader, NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../../app/FailureNote';
import { nameOf } from '../../../app/nameOf';
import { useFormats } from '../../../i18n/formats';
import { call } from '../../../ipc/client';
import type { PastExport } from '../../../ipc/generated';
import classes from './Compare.module.css';
import { ComparisonView } from './ComparisonView';

interface Props {
  past: PastExport;
  /** The exports whose datasets are still there, this one aside. */
  others: readonly PastExport[];
}

/** What this dataset and another one have different; the older one is what it was before. */
export function ComparePart({ past, others }: Props) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const [chosen, setChosen] = useState('');
  const other = others.find(({ when }) => when === chosen);
  const [older, newer] =
    other !== undefined && other.when < past.when ? [other, past] : [past, other];
  const query = useQuery({
    queryKey: ['comparison', older.when, newer?.when, i18n.language],
    queryFn: () => call('exports_compare', { old: older.when, new: newer?.when ?? older.when }),
    enabled: newer !== undefined,
    gcTime: 0,
  });
  if (others.length === 0) {
    return (
      <Text size="sm" c="var(--ink-soft)">
        {t('exports.compare.none')}
      </Text>
    );
  }
  return (
    <div className={classes.compare}>
      <NativeSelect
        size="xs"
        className={classes.choice}
        label={t('exports.compare.with')}
        value={other === undefined ? '' : chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={[
          { value: '', label: t('exports.compare.choose') },
          ...others.map(({ when, report }) => ({
            value: when,
            label: `${nameOf(report.output)} · ${formats.moment(when)}`,
          })),
        ]}
      />
      {query.isLoading && (
        <Text size="sm" c="var(--ink-soft)" role="status">
          <Loader size="xs" /> {t('exports.compare.comparing')}
        </Text>
      )}
      {query.isError && <FailureNote error={query.error} />}
      {newer !== undefined && query.data !== undefined && (
        <ComparisonView {...query.data} root={older.root === newer.root ? newer.root : ''} />
      )}
    </div>
  );
}
