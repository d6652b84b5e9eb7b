import { useTranslation } from 'react-i18next';
import { useDomainText } from '../../../i18n/domain';
import { useSourceOptions } from '../useNames';
import { SomeOf, YesNo } from './fields';
import type { GroupProps } from './group';

const statuses = ['published', 'draft', 'archived'] as const;

/** Where records come from. */
export function SourceFields({ values, onChange, errorAt }: GroupProps<'source'>) {
  const { t } = useTranslation();
  const words = useDomainText();
  const options = useSourceOptions(values);
  return (
    <>
      <SomeOf
        label={t('export.source.spaces')}
        help={words('recipe.source.spaces')}
        error={errorAt('source.spaces')}
        value={values.spaces}
        options={options.spaces}
        empty={t('export.source.allSpaces')}
        onChange={(spaces) => onChange({ spaces })}
      />
      <SomeOf
        label={t('export.source.databases')}
        help={words('recipe.source.databases')}
        error={errorAt('source.databases')}
        value={values.databases}
        options={options.databases}
        empty={t('export.source.allDatabases')}
        onChange={(databases) => onChange({ databases })}
      />
      <SomeOf
        label={t('export.source.collections')}
        help={words('recipe.source.collections')}
        error={errorAt('source.collections')}
        value={values.collections}
        options={options.collections}
        empty={t('export.source.allCollections')}
        onChange={(collections) => onChange({ collections })}
      />
      <YesNo
        label={t('export.source.chats')}
        help={words('recipe.source.chats')}
        value={values.chats}
        onChange={(chats) => onChange({ chats })}
      />
      <YesNo
        label={t('export.source.documentation')}
        help={words('recipe.source.documentation')}
        value={values.documentation}
        onChange={(documentation) => onChange({ documentation })}
      />
      {values.documentation && (
        <SomeOf
          label={t('export.source.articleStatuses')}
          help={t('export.source.articleStatusesHelp')}
          error={errorAt('source.articleStatuses')}
          value={values.articleStatuses}
          options={statuses.map((value) => ({ value, label: t(`export.source.status.${value}`) }))}
          empty={t('export.source.allStatuses')}
          onChange={(articleStatuses) => onChange({ articleStatuses })}
        />
      )}
    </>
  );
}
