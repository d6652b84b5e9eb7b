import {
  Chip,
  Group,
  Input,
  MultiSelect,
  RangeSlider,
  SegmentedControl,
  Stack,
  Text,
} from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LibraryResponse } from '../../../ipc/generated';
import { HIGHEST, type Kind, LOWEST, type RatedState } from '../filters';
import { formatRating } from '../format';
import { changeFilters, useView } from '../view';
import { DayField } from './DayField';
import classes from './FilterPanel.module.css';

/** All filters but the folder and the search. */
export function FilterPanel({ id, library }: { id: string; library: LibraryResponse }) {
  const { t } = useTranslation();
  return (
    <section id={id} className={classes.panel} aria-label={t('conversations.filter.label')}>
      <Stack gap="sm">
        <KindFilter library={library} />
        <RatingFilter />
        <TagFilter library={library} />
        <Group gap="xs" grow wrap="nowrap" align="flex-start">
          <DayField edge="since" />
          <DayField edge="until" />
        </Group>
      </Stack>
    </section>
  );
}

function KindFilter({ library }: { library: LibraryResponse }) {
  const { t } = useTranslation();
  const { filters } = useView();
  const label = useId();
  return (
    <Input.Wrapper
      label={t('conversations.filter.kind')}
      labelElement="div"
      labelProps={{ id: label }}
    >
      <Chip.Group
        multiple
        value={filters.kinds}
        onChange={(kinds) => changeFilters({ kinds: kinds as Kind[] })}
      >
        <Group gap={6} role="group" aria-labelledby={label}>
          {library.kinds.map(({ kind, entries }) => (
            <Chip key={kind} value={kind} size="xs" variant="outline">
              {t(`conversations.kind.${kind}`)}{' '}
              <span className={classes.count}>{t('conversations.count', { count: entries })}</span>
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  );
}

function RatingFilter() {
  const { t, i18n } = useTranslation();
  const { filters } = useView();
  const stored: [number, number] = [filters.lowest, filters.highest];
  const [range, setRange] = useState(stored);
  // Each step of the keyboard ends a change: ask for the list once, when it rests.
  const ask = useDebouncedCallback(
    ([lowest, highest]: [number, number]) => changeFilters({ lowest, highest }),
    250,
  );
  useEffect(() => setRange([filters.lowest, filters.highest]), [filters.lowest, filters.highest]);
  const states: RatedState[] = ['any', 'rated', 'unrated'];
  return (
    <Input.Wrapper label={t('conversations.filter.rating')} labelElement="div">
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t('conversations.filter.rating')}
        value={filters.state}
        data={states.map((value) => ({ value, label: t(`conversations.state.${value}`) }))}
        onChange={(state) => changeFilters({ state: state as RatedState })}
      />
      {filters.state !== 'unrated' && (
        <Group gap="sm" mt={8} wrap="nowrap">
          <RangeSlider
            flex={1}
            size="sm"
            mx={8}
            min={LOWEST}
            max={HIGHEST}
            step={0.5}
            minRange={0}
            label={null}
            thumbFromLabel={t('conversations.filter.lowest')}
            thumbToLabel={t('conversations.filter.highest')}
            value={range}
            onChange={setRange}
            onChangeEnd={ask}
          />
          <Text size="xs" c="var(--ink-soft)" className={classes.range}>
            {t('conversations.filter.range', {
              lowest: formatRating(range[0], i18n.language),
              highest: formatRating(range[1], i18n.language),
            })}
          </Text>
        </Group>
      )}
    </Input.Wrapper>
  );
}

function TagFilter({ library }: { library: LibraryResponse }) {
  const { t } = useTranslation();
  const { filters } = useView();
  const counts = new Map(library.tags.map(({ tag, entries }) => [tag, entries]));
  const chosen = filters.tags.filter((tag) => !counts.has(tag));
  return (
    <MultiSelect
      label={t('conversations.filter.tags')}
      size="xs"
      placeholder={filters.tags.length === 0 ? t('conversations.filter.tagsPlaceholder') : ''}
      nothingFoundMessage={t('conversations.filter.noTag')}
      searchable
      clearable
      hidePickedOptions
      maxDropdownHeight={220}
      comboboxProps={{ shadow: 'md' }}
      clearButtonProps={{ 'aria-label': t('conversations.filter.clearTags') }}
      data={[...counts.keys(), ...chosen]}
      renderOption={({ option }) => (
        <Group justify="space-between" w="100%" wrap="nowrap">
          <span>{option.value}</span>
          <span className={classes.count}>
            {t('conversations.count', { count: counts.get(option.value) ?? 0 })}
          </span>
        </Group>
      )}
      value={filters.tags}
      onChange={(tags) => changeFilters({ tags })}
    />
  );
}
