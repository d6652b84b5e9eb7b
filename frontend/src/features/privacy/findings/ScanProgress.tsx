import { Button, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FirstTimeNote } from '../../../app/FirstTimeNote';
import { useFormats } from '../../../i18n/formats';
import classes from './Findings.module.css';
import type { Scan } from './useScan';

/** How far the search for sensitive data is, with the way to stop it; or to begin it again. */
export function ScanProgress({ scan }: { scan: Scan }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { progress, isLooking } = scan;
  if (!isLooking) {
    return (
      <div className={classes.alone}>
        <Text fw={600}>{t('privacy.scan.stopped')}</Text>
        <Button size="xs" onClick={scan.lookAgain}>
          {t('privacy.scan.start')}
        </Button>
      </div>
    );
  }
  const isKnown = progress !== null && progress.stage !== 'counting' && progress.total !== null;
  const where = isKnown
    ? t('privacy.scan.done', { done: formats.number(progress.done), count: progress.total ?? 0 })
    : t('privacy.scan.begin');
  const left = isKnown ? (progress.secondsLeft ?? 0) : 0;
  return (
    <section className={classes.alone} data-running aria-label={t('privacy.scan.title')}>
      <Stack gap="sm" w="100%" maw="30rem">
        <Title order={2} size="h4">
          {t('privacy.scan.title')}
        </Title>
        <Progress
          value={isKnown ? (100 * progress.done) / (progress.total || 1) : 100}
          animated={!isKnown}
          aria-label={t('privacy.scan.title')}
        />
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm" c="var(--ink-soft)">
            {where}
            {left >= 1 && ` · ${t('export.progress.left', { time: formats.duration(left) })}`}{' '}
            {progress === null && <FirstTimeNote />}
          </Text>
          <Button size="xs" variant="default" flex="none" onClick={scan.stop}>
            {t('privacy.scan.stop')}
          </Button>
        </Group>
      </Stack>
    </section>
  );
}
