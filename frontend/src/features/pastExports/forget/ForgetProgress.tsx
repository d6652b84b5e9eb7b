import { Button, Group, Progress, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskProgress } from '../../../ipc/generated';
import { useTaskText } from '../../export/output/useProgressText';
import { useTakenOverFocus } from '../../export/output/useTakenOverFocus';
import classes from './Forget.module.css';

interface Props {
  progress: TaskProgress | null;
  onStop: () => void;
}

/** How far the datasets are made again. */
export function ForgetProgress({ progress, onStop }: Props) {
  const { t } = useTranslation();
  const describe = useTaskText();
  const [isStopping, setStopping] = useState(false);
  const part = useRef<HTMLDivElement>(null);
  // Not its button: a key that was meant for the plan must not stop it.
  useTakenOverFocus(part);
  const stop = () => {
    setStopping(true);
    onStop();
  };
  const text = isStopping ? t('export.progress.stopping') : describe(progress);
  const share = progress?.total ? (100 * progress.done) / progress.total : 100;
  return (
    <div ref={part} tabIndex={-1} className={classes.forget}>
      <Text size="sm">{t('exports.forgetting.running')}</Text>
      <Progress.Root>
        <Progress.Section
          value={share}
          animated={progress === null}
          aria-label={t('exports.forgetting.running')}
          aria-valuetext={text}
        />
      </Progress.Root>
      <Group justify="space-between">
        <Text size="xs" c="var(--ink-soft)">
          {text}
        </Text>
        <Button size="xs" variant="default" disabled={isStopping} onClick={stop}>
          {t('exports.verify.stop')}
        </Button>
      </Group>
    </div>
  );
}
