import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../app/FailureNote';
import { ScreenHeader } from '../../app/ScreenHeader';
import { WorkScreen } from '../../app/WorkScreen';
import { useSettings } from '../../ipc/settings';
import { PastExports } from '../exports/PastExports';
import { WelcomePanel } from '../welcome/WelcomePanel';
import { ExportHeader } from './ExportHeader';
import { NewExport } from './NewExport';
import { useExportSession } from './session/ExportSession';

export function ExportScreen() {
  const { t } = useTranslation();
  const folder = useSettings().data?.dataFolder;
  const { view, recipe, failure } = useExportSession();
  if (view === 'past') {
    return (
      <WorkScreen>
        <ExportHeader lead={t('exports.lead')} />
        <PastExports />
      </WorkScreen>
    );
  }
  if (folder !== undefined && !folder.exists) {
    return (
      <Stack p="xl" gap="lg">
        <ScreenHeader title={t('screen.export')} lead={t('export.lead')} />
        <WelcomePanel folder={folder} />
      </Stack>
    );
  }
  return (
    <WorkScreen>
      {recipe === undefined ? (
        <ExportHeader lead={t('export.lead')} />
      ) : (
        <NewExport recipe={recipe} />
      )}
      {failure !== null && <FailureNote error={failure} />}
    </WorkScreen>
  );
}
