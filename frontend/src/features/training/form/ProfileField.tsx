import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useExportSession } from '../../export/session/ExportSession';
import { type Config, withSection } from '../session/config';

interface Props {
  config: Config;
  onChange: (config: Config) => void;
  error: string | undefined;
}

/** How a conversation becomes text, where the dataset holds messages; its manifest says it else. */
export function ProfileField({ config, onChange, error }: Props) {
  const { t } = useTranslation();
  const { profiles } = useExportSession();
  // Only a row that is text already tells how a model is prompted.
  const textProfiles = profiles.filter(({ example }) => example.startsWith('{"text":'));
  return (
    <Select
      size="xs"
      label={t('training.form.profile')}
      description={t('training.form.profileHelp')}
      error={error}
      data={[
        { value: '', label: t('training.form.profileOfManifest') },
        ...textProfiles.map(({ name }) => ({ value: name, label: name })),
      ]}
      value={config.data.profile}
      allowDeselect={false}
      onChange={(profile) => onChange(withSection(config, 'data', { profile: profile ?? '' }))}
    />
  );
}
