import { ActionIcon, CloseButton, Kbd, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconSearch } from '@tabler/icons-react';
import { type RefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeFilters, changeView, useView } from '../view';

/** Milliseconds after the last key before the search begins. */
const PAUSE = 180;

interface Props {
  input: RefObject<HTMLInputElement | null>;
  /** Takes the focus to the list: to walk what was found. */
  onLeave: () => void;
  filterPanel: string;
}

/** Searches as one types; the button beside it opens the filters. */
export function SearchField({ input, onLeave, filterPanel }: Props) {
  const { t } = useTranslation();
  const { filters, filtersOpen } = useView();
  const [typed, setTyped] = useState(filters.text);
  const search = useDebouncedCallback((text: string) => changeFilters({ text }), PAUSE);
  // Filters can also be cleared elsewhere.
  useEffect(() => setTyped(filters.text), [filters.text]);

  const type = (text: string) => {
    setTyped(text);
    search(text);
  };
  const clear = () => {
    search.cancel();
    changeFilters({ text: '' });
    setTyped('');
    input.current?.focus();
  };

  return (
    <TextInput
      ref={input}
      type="text"
      role="searchbox"
      aria-label={t('conversations.search.label')}
      placeholder={t('conversations.search.placeholder')}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSectionWidth={typed === '' ? 68 : 66}
      rightSection={
        <>
          {typed === '' ? (
            <Kbd size="xs" aria-hidden>
              /
            </Kbd>
          ) : (
            <CloseButton size="sm" aria-label={t('conversations.search.clear')} onClick={clear} />
          )}
          <ActionIcon
            {...(filtersOpen ? { variant: 'light' } : { variant: 'subtle', color: 'gray' })}
            ml={4}
            aria-label={t('conversations.filter.toggle')}
            title={t('conversations.filter.toggle')}
            aria-expanded={filtersOpen}
            aria-controls={filterPanel}
            onClick={() => changeView({ filtersOpen: !filtersOpen })}
          >
            <IconAdjustmentsHorizontal size={17} stroke={1.7} />
          </ActionIcon>
        </>
      }
      spellCheck={false}
      autoComplete="off"
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && typed !== '') {
          clear();
        } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
          event.preventDefault();
          search.flush();
          onLeave();
        }
      }}
    />
  );
}
