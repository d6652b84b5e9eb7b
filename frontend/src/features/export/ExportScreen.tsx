import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ScreenHeader } from '../../app/ScreenHeader';
import { useSettings } from '../../ipc/settings';
import { WelcomePanel } from '../welcome/WelcomePanel';

export function ExportScreen() {
  const { t } = useTranslation();
  const settings = useSettings();
  return (
    <Stack p="xl" gap="lg">
      <ScreenHeader title={t('screen.export')} lead={t('export.lead')} />
      {settings.data && !settings.data.dataFolder.exists && (
        <WelcomePanel folder={settings.data.dataFolder} />
      )}
    </Stack>
  );
}
