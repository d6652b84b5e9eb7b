import { Button, Group, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFailureText } from '../../app/FailureNote';
import { call } from '../../ipc/client';
import type { SettingsResponse } from '../../ipc/generated';
import { useAbout, useChangeSettings } from '../../ipc/settings';
import { takeAskedForFolder } from './askedForFolder';

/** The data folder: typed, or picked in the system's dialog where there is one. */
export function DataFolderField({ settings }: { settings: SettingsResponse }) {
  const { t } = useTranslation();
  const about = useAbout();
  const change = useChangeSettings();
  const failure = useFailureText(change.error);
  const { path, origin, exists } = settings.dataFolder;
  const [typed, setTyped] = useState(path);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (takeAskedForFolder()) {
      field.current?.focus();
      field.current?.select();
    }
  }, []);

  const fixed = origin === 'environment';
  const store = (dataFolder: string) => {
    if (dataFolder !== '' && dataFolder !== path) {
      change.mutate({ dataFolder }, { onSuccess: (stored) => setTyped(stored.dataFolder.path) });
    }
  };
  const browse = async () => {
    const chosen = await call('app_choose_folder', { purpose: 'data', start: path });
    if (chosen.path !== null) {
      setTyped(chosen.path);
      store(chosen.path);
    }
  };
  const problem = change.isError ? `${failure.message} ${failure.hint}` : undefined;
  const missing = exists || origin === 'standard' ? undefined : t('settings.dataFolderMissing');

  return (
    <Group align="flex-end" gap="sm" wrap="nowrap">
      <TextInput
        ref={field}
        flex={1}
        label={t('settings.dataFolder')}
        description={fixed ? t('settings.dataFolderFromEnvironment') : t('settings.dataFolderHelp')}
        error={problem ?? missing}
        inputWrapperOrder={['label', 'description', 'input', 'error']}
        value={typed}
        readOnly={fixed}
        spellCheck={false}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => store(typed.trim())}
        onKeyDown={(event) => event.key === 'Enter' && store(typed.trim())}
      />
      {about.data?.face === 'desktop' && !fixed && (
        <Button variant="default" onClick={() => void browse()}>
          {t('settings.browse')}
        </Button>
      )}
    </Group>
  );
}
