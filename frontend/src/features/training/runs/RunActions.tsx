import { Button, Group } from '@mantine/core';
import {
  IconArrowRight,
  IconFolderOpen,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconRepeat,
  IconTrash,
} from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../../app/ActionButton';
import { FailureNote } from '../../../app/FailureNote';
import { goTo } from '../../../app/screens';
import { call } from '../../../ipc/client';
import type { RunStatus } from '../../../ipc/generated';
import { runsQuery } from '../queries';
import { useTrainingSession } from '../session/TrainingSession';
import { DeleteDialog } from './DeleteDialog';
import type { FollowedRun } from './followed';
import { canResume, canStop, isAtWork, isEnding, needsOtherValues } from './states';
import { runKey } from './useRun';

interface Props {
  status: RunStatus;
  /** All that its trainer has told; undefined until it is known. */
  followed: FollowedRun | undefined;
}

/** Pause, go on, stop, use the result, do it again otherwise, throw away. */
export function RunActions({ status, followed }: Props) {
  const { t } = useTranslation();
  const { setConfig, show } = useTrainingSession();
  const [isDeleting, setDeleting] = useState(false);
  const change = useChange(status.name);
  const works = isAtWork(status.state);
  const isResult = status.state === 'finished' || status.state === 'stopped';
  const isHopeless = needsOtherValues(status);
  const isResumed = followed?.checkpoints.length !== 0;
  const resume = canResume(status.state) && (
    <ActionButton
      icon={IconPlayerPlay}
      isMain={!isResult && !isHopeless}
      loading={change.isPending}
      title={t(isResumed ? 'training.run.resumeHelp' : 'training.run.startOverHelp')}
      onClick={() => change.mutate('training_resume')}
    >
      {t(isResumed ? 'training.run.resume' : 'training.run.startOver')}
    </ActionButton>
  );
  return (
    <>
      <Group gap="xs" mt="sm">
        {works && (
          <ActionButton
            icon={IconPlayerPause}
            disabled={isEnding(status.state)}
            title={t('training.run.pauseHelp')}
            onClick={() => change.mutate('training_pause')}
          >
            {t(isEnding(status.state) ? 'training.run.saving' : 'training.run.pause')}
          </ActionButton>
        )}
        {!isResult && resume}
        {canStop(status.state) && (
          <ActionButton
            icon={IconPlayerStop}
            title={t('training.run.stopHelp')}
            onClick={() => change.mutate('training_stop')}
          >
            {t('training.run.stop')}
          </ActionButton>
        )}
        {status.adapter !== '' && (
          <Button
            size="xs"
            variant={isResult ? 'filled' : 'default'}
            rightSection={<IconArrowRight size={15} aria-hidden />}
            onClick={() => goTo('models')}
          >
            {t('training.run.useIt')}
          </Button>
        )}
        {followed !== undefined && (
          <ActionButton
            icon={IconRepeat}
            isMain={isHopeless}
            onClick={() => {
              setConfig(followed.config);
              show('new');
            }}
          >
            {t('training.run.reuse')}
          </ActionButton>
        )}
        {isResult && resume}
        <ActionButton icon={IconFolderOpen} onClick={() => change.mutate('training_reveal')}>
          {t('exports.reveal')}
        </ActionButton>
        {!works && (
          <ActionButton icon={IconTrash} onClick={() => setDeleting(true)}>
            {t('training.run.delete')}
          </ActionButton>
        )}
      </Group>
      {change.error !== null && <FailureNote error={change.error} />}
      {isDeleting && (
        <DeleteDialog
          run={status.name}
          dataset={status.dataset}
          created={status.created}
          onClose={() => setDeleting(false)}
        />
      )}
    </>
  );
}

function useChange(name: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (
      command: 'training_pause' | 'training_resume' | 'training_stop' | 'training_reveal',
    ) => call(command, { name }),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries(runsQuery),
        queries.invalidateQueries({ queryKey: runKey(name) }),
      ]),
  });
}
