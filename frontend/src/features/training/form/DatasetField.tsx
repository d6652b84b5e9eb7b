import { Autocomplete, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { nameOf } from '../../../app/nameOf';
import { PathButton } from '../../../app/PathButton';
import { useFormats } from '../../../i18n/formats';
import { pastExportsQuery } from '../../pastExports/pastExports';
import { standingOf } from '../../pastExports/standing';
import { canTrainOn } from '../../pastExports/trainable';
import { type Config, withSection } from '../session/config';

interface Props {
  config: Config;
  onChange: (config: Config) => void;
  error: string | undefined;
}

/** Which dataset: one of those exported here, or the folder of another. */
export function DatasetField({ config, onChange, error }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const exports = useQuery(pastExportsQuery).data?.exports ?? [];
  const datasets = exports.filter(
    (view) => standingOf(view, exports) === 'there' && canTrainOn(view.past),
  );
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
        error={error}
        inputWrapperOrder={['label', 'description', 'error', 'input']}
        placeholder={t('training.form.datasetPlaceholder')}
        spellCheck={false}
        comboboxProps={{ width: 'target' }}
        data={datasets.map(({ past }) => past.report.output)}
        filter={({ options }) => options}
        renderOption={({ option }) => {
          const view = datasets.find(({ past }) => past.report.output === option.value);
          return (
            <div>
              <Text size="xs" fw={600}>
                {nameOf(option.value)}
              </Text>
              {view !== undefined && (
                <Text size="xs" c="var(--ink-soft)">
                  {[
                    t('exports.rows', { count: view.past.report.rows }),
                    view.past.report.profile,
                    formats.moment(view.past.when),
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
