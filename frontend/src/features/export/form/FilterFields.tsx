import { Chip, Group, Input, SimpleGrid, TextInput } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useDomainText } from '../../../i18n/domain';
import { useTagOptions } from '../useNames';
import { Words } from './fields';
import type { GroupProps } from './group';

/** Which records are wanted, whatever their rating. */
export function FilterFields({ values, onChange, errorAt }: GroupProps<'filter'>) {
  const { t } = useTranslation();
  const words = useDomainText();
  const tags = useTagOptions();
  const languages = useId();
  return (
    <>
      <Words
        label={t('export.filter.tags')}
        help={words('recipe.filter.tags')}
        error={errorAt('filter.tags')}
        value={values.tags}
        options={tags}
        empty={t('export.filter.anyTag')}
        onChange={(wanted) => onChange({ tags: wanted })}
      />
      <Words
        label={t('export.filter.excludeTags')}
        help={words('recipe.filter.exclude_tags')}
        error={errorAt('filter.excludeTags')}
        value={values.excludeTags}
        options={tags}
        empty={t('export.filter.noTag')}
        onChange={(excludeTags) => onChange({ excludeTags })}
      />
      <SimpleGrid cols={2} spacing="sm">
        <TextInput
          size="xs"
          label={t('export.filter.since')}
          description={t('export.filter.sinceHelp')}
          error={errorAt('filter.since')}
          placeholder={t('export.filter.day')}
          value={values.since}
          onChange={(event) => onChange({ since: event.currentTarget.value.trim() })}
        />
        <TextInput
          size="xs"
          label={t('export.filter.until')}
          description={t('export.filter.untilHelp')}
          error={errorAt('filter.until')}
          placeholder={t('export.filter.day')}
          value={values.until}
          onChange={(event) => onChange({ until: event.currentTarget.value.trim() })}
        />
      </SimpleGrid>
      <Input.Wrapper
        size="xs"
        label={t('export.filter.languages')}
        labelElement="div"
        labelProps={{ id: languages }}
        description={t('export.filter.languagesHelp')}
        error={errorAt('filter.languages')}
      >
        <Chip.Group
          multiple
          value={values.languages}
          onChange={(chosen) => onChange({ languages: chosen as ('fr' | 'en')[] })}
        >
          <Group mt={6} gap="xs" role="group" aria-labelledby={languages}>
            <Chip size="xs" value="fr">
              {t('export.filter.french')}
            </Chip>
            <Chip size="xs" value="en">
              {t('export.filter.english')}
            </Chip>
          </Group>
        </Chip.Group>
      </Input.Wrapper>
    </>
  );
}
