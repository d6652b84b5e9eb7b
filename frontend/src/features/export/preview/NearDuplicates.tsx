import { Button, Loader, Modal, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../../app/FailureNote';
import { type Row, useRovingRows } from '../../../app/useRovingRows';
import { useFormats } from '../../../i18n/formats';
import { call } from '../../../ipc/client';
import type { ComparedRow, NearDuplicate } from '../../../ipc/generated';
import { formatDay } from '../../conversations/format';
import { RecordLink } from '../../conversations/RecordLink';
import type { Recipe } from '../session/recipe';
import classes from './NearDuplicates.module.css';

/** Opens the near-duplicates side by side, to judge whether they are rightly left out. */
export function NearDuplicates({ recipe }: { recipe: Recipe }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        className={classes.open}
        onClick={() => setOpen(true)}
      >
        {t('export.near.open')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t('export.near.title')}
        closeButtonProps={{ 'aria-label': t('export.text.close') }}
        size="72rem"
      >
        {isOpen && <Pairs recipe={recipe} />}
      </Modal>
    </>
  );
}

function Pairs({ recipe }: { recipe: Recipe }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const query = useQuery({
    queryKey: ['near-duplicates', recipe],
    queryFn: ({ signal }) => call('dataset_near_duplicates', { recipe }, { signal }),
    gcTime: 0,
  });
  if (query.isError) {
    return <FailureNote error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (query.data === undefined) {
    return (
      <Text c="var(--ink-soft)" role="status">
        <Loader size="xs" /> {t('export.near.looking')}
      </Text>
    );
  }
  const { pairs, total } = query.data;
  if (total === 0) {
    return <Text>{t('export.near.none')}</Text>;
  }
  return (
    <>
      <Text size="sm" c="var(--ink-soft)">
        {t('export.near.help')}{' '}
        {t('export.near.shown', { shown: formats.number(pairs.length), count: total })}
      </Text>
      <PairList pairs={pairs} />
    </>
  );
}

/** One stop of the Tab key for each side: the arrows walk from pair to pair. */
function PairList({ pairs }: { pairs: readonly NearDuplicate[] }) {
  const rover = useRovingRows(pairs.length);
  return (
    <ul className={classes.pairs} onKeyDown={rover.onKeyDown}>
      {pairs.map((pair, at) => (
        <Pair
          key={`${pair.gone.record} ${pair.stays.record}`}
          pair={pair}
          row={rover.row(at)}
          tabIndex={rover.tabIndex(at)}
        />
      ))}
    </ul>
  );
}

interface PairProps {
  pair: NearDuplicate;
  row: Row;
  tabIndex: number;
}

function Pair({ pair, row, tabIndex }: PairProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <li className={classes.pair} {...row}>
      <p className={classes.alike}>
        {t('export.near.alike', { share: formats.percent(pair.similarity) })}
      </p>
      <Side title={t('export.near.stays')} row={pair.stays} tabIndex={tabIndex} />
      <Side title={t('export.near.gone')} row={pair.gone} tabIndex={tabIndex} />
    </li>
  );
}

interface SideProps {
  title: string;
  row: ComparedRow;
  tabIndex: number;
}

function Side({ title, row, tabIndex }: SideProps) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const rating =
    row.rating > 0
      ? t('export.near.rating', { rating: formats.number(row.rating) })
      : t('export.near.unrated');
  return (
    <div className={classes.side}>
      <h3>
        {title}{' '}
        <span>{[rating, formatDay(row.date, i18n.language)].filter(Boolean).join(' · ')}</span>
      </h3>
      <p className={classes.question}>{row.question}</p>
      <p className={classes.answer}>{row.answer}</p>
      <code>
        <RecordLink record={row.record} tabIndex={tabIndex} />
      </code>
    </div>
  );
}
