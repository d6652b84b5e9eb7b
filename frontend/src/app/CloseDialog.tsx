import { Button, Group, Modal, Text } from '@mantine/core';
import { isTauri } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../ipc/client';

/** Asks before the window closes on a running job. */
export function CloseDialog() {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (!isTauri()) {
      return;
    }
    const stop = listen('close-requested', () => setAsked(true));
    return () => void stop.then((unlisten) => unlisten());
  }, []);

  const stay = () => setAsked(false);
  return (
    <Modal opened={asked} onClose={stay} title={t('close.title')} centered>
      <Text size="sm">{t('close.text')}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={stay} data-autofocus>
          {t('close.stay')}
        </Button>
        <Button color="red" onClick={() => void call('app_close', {})}>
          {t('close.leave')}
        </Button>
      </Group>
    </Modal>
  );
}
