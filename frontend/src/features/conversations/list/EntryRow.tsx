import { IconStarFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LibraryEntry } from '../../../ipc/generated';
import { formatDay, formatRating } from '../format';
import { kindIcons } from '../kindIcons';
import { mean } from '../ratings';
import classes from './EntryList.module.css';

/** What one row of the list shows. */
export function EntryRow({ entry }: { entry: LibraryEntry }) {
  const { t, i18n } = useTranslation();
  const Icon = kindIcons[entry.kind];
  // Without a title the program sends the id; then the first question says more.
  const id = entry.record.slice(entry.record.lastIndexOf('/') + 1);
  const hasTitle = entry.title !== id || entry.snippet === '';
  return (
    <>
      <Icon size={16} stroke={1.6} className={classes.icon} aria-hidden />
      <span className={classes.title}>{hasTitle ? entry.title : entry.snippet}</span>
      <span className={classes.date}>
        {formatDay(entry.date, i18n.language) || t('conversations.row.undated')}
      </span>
      <span className={classes.snippet}>{hasTitle ? entry.snippet : id}</span>
      <span className={classes.ratings}>
        <Ratings entry={entry} />
      </span>
    </>
  );
}

function Ratings({ entry: { ratings, answers } }: { entry: LibraryEntry }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      {ratings.length > 0 && (
        <>
          <IconStarFilled size={12} className={classes.star} aria-hidden />
          <b>{formatRating(mean(ratings), i18n.language)}</b>
        </>
      )}
      {answers > 0 && (
        <span title={t('conversations.row.rated', { rated: ratings.length, count: answers })}>
          {ratings.length}/{answers}
        </span>
      )}
    </>
  );
}

/** What a screen reader says about a row. */
export function useEntryLabel(): (entry: LibraryEntry) => string {
  const { t, i18n } = useTranslation();
  return (entry) => {
    const parts = [
      entry.title,
      t(`conversations.kind.${entry.kind}`),
      formatDay(entry.date, i18n.language) || t('conversations.row.undated'),
    ];
    if (entry.answers > 0) {
      parts.push(
        t('conversations.row.rated', { rated: entry.ratings.length, count: entry.answers }),
      );
    }
    if (entry.ratings.length > 0) {
      parts.push(
        t('conversations.row.mean', { rating: formatRating(mean(entry.ratings), i18n.language) }),
      );
    }
    return parts.join(', ');
  };
}
