import { Button, Group, Loader, NativeSelect, Text, Title, UnstyledButton } from '@mantine/core';
import { IconRefresh, IconSearchOff } from '@tabler/icons-react';
import { type RefObject, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../../app/FailureNote';
import { IconAction } from '../../../app/IconAction';
import { useFormats } from '../../../i18n/formats';
import type { LibraryResponse } from '../../../ipc/generated';
import { type Sort, sorts, withoutFilters } from '../filters';
import type { Listing } from '../library/useListing';
import type { TextSearch } from '../library/useTextSearch';
import { changeFilters, useView } from '../view';
import { EntryList } from './EntryList';
import { FilterChips } from './FilterChips';
import { FilterPanel } from './FilterPanel';
import { FolderPicker } from './FolderPicker';
import classes from './ListPane.module.css';
import { SearchField } from './SearchField';
import { UnusableDocuments } from './UnusableDocuments';

interface Props {
  library: LibraryResponse;
  listing: Listing;
  search: RefObject<HTMLInputElement | null>;
  list: RefObject<HTMLDivElement | null>;
  onReadAgain: () => void;
}

/** The left half: what is in the data folder, searched, filtered and sorted. */
export function ListPane({ library, listing, search, list, onReadAgain }: Props) {
  const { t } = useTranslation();
  const { filtersOpen } = useView();
  const filterPanel = useId();
  return (
    <section className={classes.pane} aria-label={t('conversations.list.label')}>
      <div className={classes.head}>
        <Group gap={4} wrap="nowrap" justify="space-between">
          <Title order={1} size="h3" tabIndex={-1}>
            {t('screen.conversations')}
          </Title>
          <IconAction label={t('conversations.readAgain')} onClick={onReadAgain}>
            <IconRefresh size={18} stroke={1.7} />
          </IconAction>
        </Group>
        <SearchField
          input={search}
          filterPanel={filterPanel}
          onLeave={() => list.current?.focus()}
        />
        {filtersOpen && <FilterPanel id={filterPanel} library={library} />}
        <FilterChips />
        <Group gap="xs" justify="space-between" wrap="nowrap">
          <FolderPicker library={library} />
          <SortChoice />
        </Group>
      </div>
      <div className={classes.sum} role="status">
        {listing.total !== undefined && t('conversations.list.total', { count: listing.total })}
        <SearchingTexts search={listing.texts} />
      </div>
      <Found listing={listing} list={list} />
      <footer className={classes.foot}>
        <span>
          {t('conversations.list.rated', { rated: library.ratedAnswers, count: library.answers })}
        </span>
        <UnusableDocuments root={library.root} count={library.unusable} />
      </footer>
    </section>
  );
}

/** Says that the texts are still being searched, and lets the user stop it. */
function SearchingTexts({ search }: { search: TextSearch }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (!search.isSearching) {
    return null;
  }
  return (
    <>
      {' · '}
      {t('conversations.search.texts')}
      <span aria-hidden>
        {search.done !== null && ` ${formats.percent(Math.floor(search.done * 100) / 100)}`}
      </span>{' '}
      <UnstyledButton className={classes.stop} onClick={search.stop}>
        {t('conversations.search.stop')}
      </UnstyledButton>
    </>
  );
}

function Found({ listing, list }: Pick<Props, 'listing' | 'list'>) {
  const { t } = useTranslation();
  const { filters } = useView();
  if (listing.error !== null) {
    return (
      <div className={classes.message}>
        <FailureNote error={listing.error} onRetry={listing.retry} />
      </div>
    );
  }
  if (listing.total === 0 && listing.texts.isSearching) {
    return (
      <div className={classes.message}>
        <Loader size="sm" />
      </div>
    );
  }
  if (listing.total === 0) {
    return (
      <div className={classes.message}>
        <IconSearchOff size={28} stroke={1.4} aria-hidden />
        <Text fw={600}>{t('conversations.list.nothing')}</Text>
        <Text size="sm" c="var(--ink-soft)">
          {t('conversations.list.nothingHelp')}
        </Text>
        <Button size="xs" variant="default" onClick={() => changeFilters(withoutFilters(filters))}>
          {t('conversations.filter.clearAll')}
        </Button>
      </div>
    );
  }
  return <EntryList listing={listing} total={listing.total ?? 0} list={list} />;
}

function SortChoice() {
  const { t } = useTranslation();
  const { filters } = useView();
  return (
    <NativeSelect
      size="xs"
      variant="unstyled"
      className={classes.sort}
      aria-label={t('conversations.sort.label')}
      value={filters.sort}
      data={sorts.map((value) => ({ value, label: t(`conversations.sort.${value}`) }))}
      onChange={(event) => changeFilters({ sort: event.currentTarget.value as Sort })}
    />
  );
}
