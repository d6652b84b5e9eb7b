import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { presetsQuery } from '../queries';
import type { Config } from '../session/config';
import { isPreset } from '../session/preset';
import { useTrainingSession } from '../session/TrainingSession';

const OWN = 'own';

/** Proven values to start from; once a value is changed, they are the user's own. */
export function PresetField({ config }: { config: Config }) {
  const { t } = useTranslation();
  const { takePreset } = useTrainingSession();
  const presets = useQuery(presetsQuery).data?.presets ?? [];
  const current = presets.find((preset) => isPreset(config, preset.config))?.name;
  return (
    <Select
      size="xs"
      label={t('training.form.preset')}
      description={
        current === undefined ? t('training.form.presetOwn') : t(`training.preset.${current}`)
      }
      data={[
        ...presets.map(({ name }) => ({ value: name, label: name })),
        ...(current === undefined ? [{ value: OWN, label: t('training.form.own') }] : []),
      ]}
      value={current ?? OWN}
      allowDeselect={false}
      onChange={(name) => name !== null && takePreset(name)}
    />
  );
}
