import { VisuallyHidden } from '@mantine/core';
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
      <Icon
        size={16}
        stroke={1.6}
        className={classes.icon}
        role="img"
        aria-label={t(`conversations.kind.${entry.kind}`)}
      />
      <span className={classes.title} dir="auto">
        {hasTitle ? entry.title : entry.snippet}
      </span>
      <span className={classes.date}>
        {formatDay(entry.date, i18n.language) || t('conversations.row.undated')}
      </span>
      <span className={classes.snippet} dir="auto">
        {hasTitle ? entry.snippet : id}
      </span>
      <span className={classes.ratings}>
        <Ratings entry={entry} />
      </span>
    </>
  );
}

function Ratings({ entry: { ratings, answers } }: { entry: LibraryEntry }) {
  const { t, i18n } = useTranslation();
  const shown = ratings.length > 0 ? formatRating(mean(ratings), i18n.language) : null;
  return (
    <>
      {shown !== null && (
        <>
          <IconStarFilled size={12} className={classes.star} aria-hidden />
          <b aria-hidden>{shown}</b>
          <VisuallyHidden>{t('conversations.row.mean', { rating: shown })}</VisuallyHidden>
        </>
      )}
      {answers > 0 && (
        <>
          <span
            aria-hidden
            title={t('conversations.row.rated', { rated: ratings.length, count: answers })}
          >
            {ratings.length}/{answers}
          </span>
          <VisuallyHidden>
            {t('conversations.row.rated', { rated: ratings.length, count: answers })}
          </VisuallyHidden>
        </>
      )}
    </>
  );
}
