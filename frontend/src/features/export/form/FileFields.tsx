import { MultiSelect, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDomainText } from '../../../i18n/domain';
import type { ProfileView } from '../../../ipc/generated';
import { Choice, SomeOf, WholeNumber } from './fields';
import type { GroupProps } from './group';

interface Props extends GroupProps<'output'> {
  profiles: ProfileView[];
  /** Whether the dataset will be one file, of one format and one profile. */
  isOneFile: boolean;
}

const FORMATS = ['jsonl', 'jsonl.zst', 'parquet'];
const MOST_MEGABYTES = 1_000_000;

/** Which files hold the rows, and in what form. */
export function FileFields({ values, onChange, errorAt, profiles, isOneFile }: Props) {
  const { t } = useTranslation();
  const words = useDomainText();
  const others = profiles.map(({ name }) => name).filter((name) => name !== values.profile);
  return (
    <>
      <MultiSelect
        size="xs"
        label={t('export.output.formats')}
        description={words('recipe.output.formats')}
        error={errorAt('output.formats')}
        data={FORMATS}
        value={values.formats}
        onChange={(formats) => isFormats(formats) && onChange({ formats })}
      />
      <SomeOf
        label={t('export.output.alsoProfiles')}
        help={words('recipe.output.also_profiles')}
        error={errorAt('output.alsoProfiles')}
        value={values.alsoProfiles}
        options={others}
        empty={t('export.output.noOtherProfile')}
        onChange={(alsoProfiles) => onChange({ alsoProfiles })}
      />
      <WholeNumber
        label={t('export.output.shardMegabytes')}
        help={words('recipe.output.shard_megabytes')}
        error={errorAt('output.shardMegabytes')}
        value={values.shardMegabytes}
        max={MOST_MEGABYTES}
        onChange={(shardMegabytes) => onChange({ shardMegabytes })}
      />
      {isOneFile && isMoreThanOne(values) && (
        <Text size="xs" c="var(--danger)">
          {t('export.output.onlyInFolder')}
        </Text>
      )}
      <Choice
        label={t('export.output.controlTokens')}
        help={t('export.output.controlTokensHelp')}
        value={values.controlTokens}
        choices={{
          neutralise: t('export.output.controlTokensChoice.neutralise'),
          drop: t('export.output.controlTokensChoice.drop'),
          refuse: t('export.output.controlTokensChoice.refuse'),
        }}
        onChange={(controlTokens) => onChange({ controlTokens })}
      />
    </>
  );
}

/** Whether something is chosen: a dataset without any format is none. */
function isFormats(chosen: string[]): chosen is Props['values']['formats'] {
  return chosen.length > 0;
}

/** Whether the rows need more files than one, or another kind of file. */
function isMoreThanOne({ formats, alsoProfiles, shardMegabytes }: Props['values']): boolean {
  return formats.join() !== 'jsonl' || alsoProfiles.length > 0 || shardMegabytes > 0;
}
