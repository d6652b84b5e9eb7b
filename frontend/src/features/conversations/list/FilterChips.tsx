import { Anchor, Group } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type ActiveFilter, activeFilters, withoutFilter, withoutFilters } from '../filters';
import { formatDay, formatRating } from '../format';
import { changeFilters, useView } from '../view';
import classes from './FilterChips.module.css';
import { useFolderLabel } from './FolderName';

/** What keeps entries off the list; each can be taken away, or all at once. */
export function FilterChips() {
  const { t } = useTranslation();
  const { filters } = useView();
  const label = useFilterLabel();
  const active = activeFilters(filters);
  if (active.length === 0) {
    return null;
  }
  return (
    <Group gap={6} role="group" aria-label={t('conversations.filter.active')}>
      {active.map((filter) => (
        <button
          key={label(filter)}
          type="button"
          className={classes.chip}
          aria-label={t('conversations.filter.remove', { filter: label(filter) })}
          onClick={() => changeFilters(withoutFilter(filters, filter))}
        >
          <span className={classes.label}>{label(filter)}</span>
          <IconX size={12} stroke={2} aria-hidden />
        </button>
      ))}
      <Anchor
        component="button"
        type="button"
        size="xs"
        onClick={() => changeFilters(withoutFilters(filters))}
      >
        {t('conversations.filter.clearAll')}
      </Anchor>
    </Group>
  );
}

function useFilterLabel(): (filter: ActiveFilter) => string {
  const { t, i18n } = useTranslation();
  const folderLabel = useFolderLabel();
  const rating = (value: number) => formatRating(value, i18n.language);
  return (filter) => {
    switch (filter.name) {
      case 'text':
        return t('conversations.active.text', { text: filter.value });
      case 'folder':
        return folderLabel(filter.value);
      case 'kind':
        return t(`conversations.kind.${filter.value}`);
      case 'tag':
        return t('conversations.active.tag', { tag: filter.value });
      case 'state':
        return t(`conversations.state.${filter.value}`);
      case 'rating':
        return t('conversations.active.rating', {
          lowest: rating(filter.lowest),
          highest: rating(filter.highest),
        });
      default:
        return t(`conversations.active.${filter.name}`, {
          day: formatDay(filter.value, i18n.language),
        });
    }
  };
}
