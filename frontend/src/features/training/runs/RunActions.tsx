import { Button, Group, Stack } from '@mantine/core';
import {
  IconArrowRight,
  IconFolderOpen,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconRepeat,
  IconTrash,
} from '@tabler/icons-react';
import { type Mutation, useMutation, useQueryClient } from '@tanstack/react-query';
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
  const reveal = useMutation({ mutationFn: () => call('training_reveal', { name: status.name }) });
  const error = change.error ?? reveal.error;
  const works = isAtWork(status.state);
  const isResult = status.state === 'finished' || status.state === 'stopped';
  const isHopeless = needsOtherValues(status);
  const isResumed = followed?.checkpoints.length !== 0;
  const resume = canResume(status.state) && (
    <ActionButton
      icon={IconPlayerPlay}
      isMain={!isResult && !isHopeless}
      loading={change.isBeing('training_resume')}
      title={t(isResumed ? 'training.run.resumeHelp' : 'training.run.startOverHelp')}
      onClick={() => change.to('training_resume')}
    >
      {t(isResumed ? 'training.run.resume' : 'training.run.startOver')}
    </ActionButton>
  );
  return (
    <Stack gap="sm" mt="sm">
      <Group gap="xs">
        {works && (
          <ActionButton
            icon={IconPlayerPause}
            disabled={isEnding(status.state)}
            loading={change.isBeing('training_pause')}
            title={t('training.run.pauseHelp')}
            onClick={() => change.to('training_pause')}
          >
            {t(isEnding(status.state) ? 'training.run.saving' : 'training.run.pause')}
          </ActionButton>
        )}
        {!isResult && resume}
        {canStop(status.state) && (
          <ActionButton
            icon={IconPlayerStop}
            loading={change.isBeing('training_stop')}
            title={t('training.run.stopHelp')}
            onClick={() => change.to('training_stop')}
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
        <ActionButton icon={IconFolderOpen} onClick={() => reveal.mutate()}>
          {t('exports.reveal')}
        </ActionButton>
        {!works && (
          <ActionButton icon={IconTrash} onClick={() => setDeleting(true)}>
            {t('training.run.delete')}
          </ActionButton>
        )}
      </Group>
      {error !== null && <FailureNote error={error} />}
      {isDeleting && (
        <DeleteDialog
          run={status.name}
          dataset={status.dataset}
          created={status.created}
          onClose={() => setDeleting(false)}
        />
      )}
    </Stack>
  );
}

type Change = 'training_pause' | 'training_resume' | 'training_stop';

/** Changes a run; a second click on the same button is none of its own. */
function useChange(name: string) {
  const queries = useQueryClient();
  const mutationKey = [`training-change ${name}`];
  const { mutate, isPending, variables, error } = useMutation({
    mutationKey,
    mutationFn: (command: Change) => call(command, { name }),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries(runsQuery),
        queries.invalidateQueries({ queryKey: runKey(name) }),
      ]),
  });
  return {
    error,
    isBeing: (command: Change) => isPending && variables === command,
    to: (command: Change) => {
      // Asked at once, and not what was last shown: a second click comes before the button rests.
      const isSame = ({ state }: Mutation) => state.variables === command;
      if (queries.isMutating({ mutationKey, predicate: isSame }) === 0) {
        mutate(command);
      }
    },
  };
}
