import { Skeleton, VisuallyHidden } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type RefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Listing } from '../library/useListing';
import { moveCursor, openRecord, useView } from '../view';
import classes from './EntryList.module.css';
import { EntryRow } from './EntryRow';
import { placeAfterKey } from './listKeys';

// In the page's letters; the same for every row, so that the scroll bar tells the truth.
const ROW_REM = 3.5;

interface Props {
  listing: Listing;
  total: number;
  list: RefObject<HTMLDivElement | null>;
}

/** The list, of which only the rows in sight exist. */
export function EntryList({ listing, total, list }: Props) {
  const { t } = useTranslation();
  const { cursor, generation, record } = useView();
  const [row] = useState(rowHeight);
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => list.current,
    estimateSize: () => row,
    overscan: 10,
  });
  const items = rows.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list has other pages
  useEffect(() => listing.show(first, last), [first, last, generation]);

  // Another list begins at its top, the one that was left where it was left.
  // biome-ignore lint/correctness/useExhaustiveDependencies: later moves scroll by themselves
  useEffect(
    () => rows.scrollToIndex(cursor, { align: cursor === 0 ? 'start' : 'center' }),
    [generation],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolled to when the cursor moves
  useEffect(() => rows.scrollToIndex(cursor, { align: 'auto' }), [cursor]);

  const onKeyDown = (event: KeyboardEvent) => {
    const perPage = Math.max(1, Math.floor((list.current?.clientHeight ?? row) / row) - 1);
    const place = placeAfterKey(event.key, cursor, total, perPage);
    if (place !== undefined) {
      event.preventDefault();
      moveCursor(place);
    } else if (event.key === 'Enter' || event.key === 'ArrowRight') {
      event.preventDefault();
      const entry = listing.entryAt(cursor);
      if (entry !== undefined) {
        openRecord(entry.record, { focus: true });
      }
    }
  };

  return (
    <div
      ref={list}
      role="listbox"
      tabIndex={0}
      className={classes.list}
      aria-label={t('conversations.list.label')}
      aria-busy={listing.isOutdated}
      aria-activedescendant={`entry-${cursor}`}
      onKeyDown={onKeyDown}
    >
      <div className={classes.rows} style={{ height: rows.getTotalSize() }} role="presentation">
        {items.map(({ index, start }) => {
          const entry = listing.entryAt(index);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the list's
            <div
              key={index}
              id={`entry-${index}`}
              role="option"
              tabIndex={-1}
              className={classes.row}
              style={{ height: row, transform: `translateY(${start}px)` }}
              aria-selected={index === cursor}
              aria-setsize={total}
              aria-posinset={index + 1}
              data-open={(entry !== undefined && entry.record === record) || undefined}
              onClick={() => {
                moveCursor(index);
                list.current?.focus();
                if (entry !== undefined) {
                  openRecord(entry.record);
                }
              }}
            >
              {entry === undefined ? <RowOnItsWay /> : <EntryRow entry={entry} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** In pixels: who reads in larger letters has higher rows. */
function rowHeight(): number {
  return ROW_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}

function RowOnItsWay() {
  const { t } = useTranslation();
  return (
    <>
      <VisuallyHidden>{t('conversations.list.loading')}</VisuallyHidden>
      <Skeleton circle w={14} h={14} style={{ alignSelf: 'center' }} />
      <Skeleton h={10} w="60%" style={{ alignSelf: 'center' }} />
      <span />
      <Skeleton h={8} w="85%" className={classes.snippet} style={{ alignSelf: 'center' }} />
    </>
  );
}
