import { Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ScreenFailure } from '../../app/ScreenFailure';
import { ScreenHeader } from '../../app/ScreenHeader';
import { Waiting } from '../../app/Waiting';
import { WorkScreen } from '../../app/WorkScreen';
import { useSettings } from '../../ipc/settings';
import { PastExports } from '../pastExports/PastExports';
import { WelcomePanel } from '../welcome/WelcomePanel';
import { ExportHeader } from './ExportHeader';
import { NewExport } from './NewExport';
import { useExportSession } from './session/ExportSession';

export function ExportScreen() {
  const { t } = useTranslation();
  const folder = useSettings().data?.dataFolder;
  const { view, recipe, failure, retry } = useExportSession();
  const [plan, setPlan] = useState<string | null>(null);
  if (view === 'new' && folder !== undefined && !folder.exists) {
    return (
      <Stack p="xl" gap="lg">
        <ScreenHeader title={t('screen.export')} lead={t('export.lead')} />
        <WelcomePanel folder={folder} />
      </Stack>
    );
  }
  // The header is the same for both views: who goes from one to the other keeps the focus in it.
  return (
    <WorkScreen>
      <ExportHeader lead={view === 'past' ? t('exports.lead') : (plan ?? t('export.lead'))} />
      {view === 'past' && <PastExports />}
      {view === 'new' && recipe !== undefined && <NewExport recipe={recipe} onPlan={setPlan} />}
      {view === 'new' && recipe === undefined && failure === null && <Waiting />}
      {view === 'new' && failure !== null && <ScreenFailure error={failure} onRetry={retry} />}
    </WorkScreen>
  );
}
