import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DataFolder } from '../../ipc/generated';
import { ChooseFolderButton } from '../settings/ChooseFolderButton';
import { DemoMaker } from './DemoMaker';
import classes from './WelcomePanel.module.css';

/** What a screen shows while there is no data folder to show. */
export function WelcomePanel({ folder }: { folder: DataFolder }) {
  const { t } = useTranslation();
  return (
    <div className={classes.panel}>
      <Stack align="center" maw="30rem">
        <img src="/icon.svg" alt="" className={classes.picture} />
        <Title order={2} size="h1">
          {t('welcome.title')}
        </Title>
        {folder.origin !== 'standard' && (
          <Text c="var(--danger)" className={classes.missing}>
            {t('welcome.missing', { path: folder.path })}
          </Text>
        )}
        <Text c="var(--ink-soft)">{t('welcome.text')}</Text>
        <ChooseFolderButton label={t('welcome.choose')} start={folder.path} />
        <DemoMaker centred />
      </Stack>
    </div>
  );
}
