import { Autocomplete, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { nameOf } from '../../../app/nameOf';
import { PathButton } from '../../../app/PathButton';
import { useFormats } from '../../../i18n/formats';
import { type Config, withSection } from '../session/config';
import { useIsGone, useTrainableDatasets } from './useTrainableDatasets';

interface Props {
  config: Config;
  onChange: (config: Config) => void;
  error: string | undefined;
}

/** Which dataset: one of those exported here, or the folder of another. */
export function DatasetField({ config, onChange, error }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const datasets = useTrainableDatasets();
  const isGone = useIsGone(config.data.dataset);
  const set = (dataset: string) => onChange(withSection(config, 'data', { dataset }));
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <Autocomplete
        flex={1}
        size="xs"
        label={t('training.form.dataset')}
        description={t(
          datasets.length === 0 ? 'training.form.datasetFirst' : 'training.form.datasetHelp',
          {
            count: datasets.length,
          },
        )}
        error={error ?? (isGone && t('training.form.datasetGone'))}
        inputWrapperOrder={['label', 'description', 'error', 'input']}
        placeholder={t('training.form.datasetPlaceholder')}
        spellCheck={false}
        comboboxProps={{ width: 'target' }}
        data={datasets.map(({ report }) => report.output)}
        filter={({ options }) => options}
        renderOption={({ option }) => {
          const past = datasets.find(({ report }) => report.output === option.value);
          return (
            <div>
              <Text size="xs" fw={600}>
                {nameOf(option.value)}
              </Text>
              {past !== undefined && (
                <Text size="xs" c="var(--ink-soft)">
                  {[
                    t('exports.rows', { count: past.report.rows }),
                    past.report.profile,
                    formats.moment(past.when),
                  ].join(' · ')}
                </Text>
              )}
            </div>
          );
        }}
        value={config.data.dataset}
        onChange={set}
      />
      <PathButton
        purpose="dataset"
        label={t('training.form.browseDataset')}
        start={config.data.dataset}
        onChosen={set}
      />
    </Group>
  );
}
