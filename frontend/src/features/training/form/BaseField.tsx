import { Group, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PathButton } from '../../../app/PathButton';
import { type Config, withSection } from '../session/config';

interface Props {
  config: Config;
  onChange: (config: Config) => void;
  error: string | undefined;
}

/** The folder of the base model. */
export function BaseField({ config, onChange, error }: Props) {
  const { t } = useTranslation();
  const set = (base: string) => onChange(withSection(config, 'model', { base }));
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <TextInput
        flex={1}
        size="xs"
        label={t('training.form.base')}
        description={t('training.form.baseHelp')}
        error={error}
        inputWrapperOrder={['label', 'description', 'error', 'input']}
        placeholder={t('training.form.basePlaceholder')}
        spellCheck={false}
        value={config.model.base}
        onChange={(event) => set(event.currentTarget.value)}
      />
      <PathButton
        purpose="base_model"
        label={t('training.form.browseBase')}
        start={config.model.base}
        onChosen={set}
      />
    </Group>
  );
}
