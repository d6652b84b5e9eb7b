import { Group, Input, Rating, Text } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useDomainText } from '../../../i18n/domain';
import { useFormats } from '../../../i18n/formats';
import { Advanced } from './Advanced';
import { Words, YesNo } from './fields';
import type { GroupProps } from './group';

/** Which answers are good enough. */
export function RatingFields({ values, onChange, errorAt }: GroupProps<'rating'>) {
  const { t } = useTranslation();
  const words = useDomainText();
  const formats = useFormats();
  const label = useId();
  // Before the first star there is a radio for none, which is no rating.
  const setMinimum = (stars: number) => onChange({ minimum: Math.max(1, stars) });
  return (
    <>
      <Input.Wrapper
        size="xs"
        label={t('export.rating.minimum')}
        labelElement="div"
        labelProps={{ id: label }}
        description={words('recipe.rating.minimum')}
        error={errorAt('rating.minimum')}
      >
        <Group
          mt={4}
          gap="sm"
          // The component's own event is for the mouse, Space and Enter: it misses the arrow keys.
          onChange={(event) => setMinimum(Number((event.target as HTMLInputElement).value))}
        >
          <Rating
            aria-labelledby={label}
            value={values.minimum}
            getSymbolLabel={(count) => t('export.rating.stars', { count })}
            onChange={setMinimum}
          />
          <Text size="xs" c="var(--ink-soft)">
            {values.minimum === 5
              ? t('export.rating.onlyBest')
              : t('export.rating.andUp', { minimum: formats.number(values.minimum) })}
          </Text>
        </Group>
      </Input.Wrapper>
      <YesNo
        label={t('export.rating.includeUnrated')}
        help={words('recipe.rating.include_unrated')}
        value={values.includeUnrated}
        onChange={(includeUnrated) => onChange({ includeUnrated })}
      />
      <Advanced>
        <Words
          label={t('export.rating.paths')}
          help={words('recipe.rating.paths')}
          error={errorAt('rating.paths')}
          value={values.paths}
          options={[]}
          empty={t('export.rating.noPaths')}
          onChange={(paths) => onChange({ paths })}
        />
        <Words
          label={t('export.rating.thumbsPaths')}
          help={words('recipe.rating.thumbs_paths')}
          error={errorAt('rating.thumbsPaths')}
          value={values.thumbsPaths}
          options={[]}
          empty={t('export.rating.noPaths')}
          onChange={(thumbsPaths) => onChange({ thumbsPaths })}
        />
      </Advanced>
    </>
  );
}
