import { Stack } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../app/FailureNote';
import { ScreenHeader } from '../../app/ScreenHeader';
import { isCancelled } from '../../ipc/errors';
import { useSettings } from '../../ipc/settings';
import { WelcomePanel } from '../welcome/WelcomePanel';
import { Browser } from './Browser';
import { EmptyLibrary } from './EmptyLibrary';
import { useLibrary } from './library/useLibrary';
import { ReadingPanel, StoppedPanel } from './ReadingPanel';
import { enterFolder, useView } from './view';

/** Browse the data folder, read, rate and correct. */
export function ConversationsScreen() {
  const settings = useSettings();
  const folder = settings.data?.dataFolder;
  if (folder === undefined) {
    return null;
  }
  if (!folder.exists) {
    return (
      <Page>
        <WelcomePanel folder={folder} />
      </Page>
    );
  }
  return <Folder root={folder.path} />;
}

/** The data folder, once it is read. */
function Folder({ root }: { root: string }) {
  const view = useView();
  const { library, progress, stop, readAgain } = useLibrary(root);
  useEffect(() => enterFolder(root), [root]);

  if (library.isFetching) {
    return (
      <Page>
        <ReadingPanel root={root} progress={progress} onStop={stop} />
      </Page>
    );
  }
  if (library.isError && !isCancelled(library.error)) {
    return (
      <Page>
        <FailureNote error={library.error} onRetry={readAgain} />
      </Page>
    );
  }
  if (library.data === undefined) {
    return (
      <Page>
        <StoppedPanel root={root} onRead={() => void library.refetch()} />
      </Page>
    );
  }
  if (library.data.entries === 0) {
    return (
      <Page>
        <EmptyLibrary library={library.data} onReadAgain={readAgain} />
      </Page>
    );
  }
  return view.root === root && <Browser library={library.data} onReadAgain={readAgain} />;
}

function Page({ children }: { children: React.ReactNode }) {
  const { t } = useTranslation();
  return (
    <Stack p="xl" gap="lg">
      <ScreenHeader title={t('screen.conversations')} lead={t('conversations.lead')} />
      {children}
    </Stack>
  );
}
