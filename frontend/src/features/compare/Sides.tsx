import { Button, Group, Select, TextInput } from '@mantine/core';
import { IconPlayerStop, IconPlugConnected } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { shortNameOf } from '../../app/nameOf';
import { PathButton } from '../../app/PathButton';
import { useFormats } from '../../i18n/formats';
import type { TrainedModel } from '../../ipc/generated';
import { useComparison } from './session/Comparison';

/** Which adapter beside which base, and the button that loads both. */
export function Sides({ models }: { models: readonly TrainedModel[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { run, choose, baseGguf, setBaseGguf, opened, open, close, isOpening, cancel } =
    useComparison();
  return (
    <>
      <Select
        size="xs"
        label={t('compare.adapter')}
        description={t('compare.adapterHelp')}
        placeholder={t('compare.adapterPlaceholder')}
        data={models.map((model) => ({
          value: model.run,
          label: `${shortNameOf(model.dataset)} · ${shortNameOf(model.base)} · ${formats.moment(model.created)}`,
        }))}
        value={run}
        allowDeselect={false}
        disabled={isOpening}
        onChange={(chosen) => chosen !== null && choose(chosen)}
      />
      {opened === null && (
        <Group align="flex-end" gap="xs" wrap="nowrap">
          <TextInput
            flex={1}
            size="xs"
            label={t('compare.base')}
            description={t('compare.baseHelp')}
            placeholder={t('compare.basePlaceholder')}
            spellCheck={false}
            value={baseGguf}
            disabled={isOpening}
            onChange={(event) => setBaseGguf(event.currentTarget.value)}
          />
          {!isOpening && (
            <PathButton
              label={t('compare.browseBase')}
              purpose="base_gguf"
              start={baseGguf}
              onChosen={setBaseGguf}
            />
          )}
        </Group>
      )}
      <Group>
        {isOpening && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlayerStop size={15} aria-hidden />}
            onClick={cancel}
          >
            {t('compare.cancel')}
          </Button>
        )}
        {!isOpening && opened === null && (
          <Button
            size="xs"
            leftSection={<IconPlugConnected size={15} aria-hidden />}
            disabled={run === null}
            onClick={open}
          >
            {t('compare.open')}
          </Button>
        )}
        {opened !== null && (
          <Button size="xs" variant="default" title={t('compare.closeHelp')} onClick={close}>
            {t('compare.close')}
          </Button>
        )}
      </Group>
    </>
  );
}
