import { Button, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/formats';
import type { TaskProgress } from '../../ipc/generated';
import classes from './ReadingPanel.module.css';

interface Props {
  root: string;
  progress: TaskProgress | null;
  onStop: () => void;
}

/** Shown while the data folder is read; of a small one nobody sees it. */
export function ReadingPanel({ root, progress, onStop }: Props) {
  const { t } = useTranslation();
  const share = progress?.total ? (100 * progress.done) / progress.total : 0;
  return (
    <section className={classes.panel} aria-label={t('conversations.reading.title')}>
      <Stack gap="sm" w="100%" maw="30rem">
        <Title order={2} size="h4">
          {t('conversations.reading.title')}
        </Title>
        <Text size="sm" ff="monospace" c="var(--ink-soft)" className={classes.path}>
          {root}
        </Text>
        <Progress
          value={progress?.stage === 'counting' ? 100 : share}
          animated={progress?.stage === 'counting'}
          aria-label={t('conversations.reading.title')}
        />
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm" c="var(--ink-soft)" className={classes.figures}>
            <Where progress={progress} />
          </Text>
          <Button size="xs" variant="default" onClick={onStop}>
            {t('conversations.reading.stop')}
          </Button>
        </Group>
      </Stack>
    </section>
  );
}

function Where({ progress }: { progress: TaskProgress | null }) {
  const { t } = useTranslation();
  const { duration } = useFormats();
  if (progress === null) {
    return t('conversations.reading.begin');
  }
  const { stage, done, total, secondsLeft } = progress;
  if (stage === 'counting' || total === null) {
    return t('conversations.reading.counted', { count: done });
  }
  const where = t('conversations.reading.done', { done, count: total });
  if (secondsLeft === null || secondsLeft < 2) {
    return where;
  }
  return `${where} · ${t('conversations.reading.left', { time: duration(secondsLeft) })}`;
}

/** Shown after reading was stopped and nothing is known yet. */
export function StoppedPanel({ root, onRead }: { root: string; onRead: () => void }) {
  const { t } = useTranslation();
  return (
    <section className={classes.panel} data-still>
      <Stack gap="sm" align="center">
        <Title order={2} size="h4">
          {t('conversations.reading.stopped')}
        </Title>
        <Text size="sm" ff="monospace" c="var(--ink-soft)" className={classes.path}>
          {root}
        </Text>
        <Button leftSection={<IconRefresh size={17} />} onClick={onRead}>
          {t('conversations.reading.start')}
        </Button>
      </Stack>
    </section>
  );
}
