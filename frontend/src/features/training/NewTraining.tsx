import { Button, Kbd, Stack } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../app/FailureNote';
import { InstallCommands } from '../../app/InstallCommands';
import { Notice } from '../../app/Notice';
import { useBusy } from '../../app/useBusy';
import { useStartKeys } from '../../app/useStartKeys';
import { call } from '../../ipc/client';
import { EstimatePane } from './estimate/EstimatePane';
import { useEstimate } from './estimate/useEstimate';
import { ConfigForm } from './form/ConfigForm';
import { presetsQuery, runsQuery } from './queries';
import { type Config, hasBase, hasDataset } from './session/config';
import { keyOfFailure, useKeyError } from './session/failures';
import { useTrainingSession } from './session/TrainingSession';
import classes from './TrainingScreen.module.css';

const startKey = 'training-start';

/** What to train, what it will take, and the button that starts it. */
export function NewTraining({ config }: { config: Config }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { showRun } = useTrainingSession();
  const start = useMutation({
    mutationKey: [startKey],
    mutationFn: () => call('training_start', { config }),
    onSuccess: async ({ run }) => {
      await queries.invalidateQueries(runsQuery);
      showRun(run.status.name);
      // The button that had the focus goes away with the form.
      setTimeout(() => document.getElementById('run-title')?.focus());
    },
  });
  const { isBusy: isStarting, unlessBusy } = useBusy(startKey);
  const estimate = useEstimate(config, isStarting);
  const machine = useQuery(presetsQuery).data;
  const failure = start.error ?? estimate.error;
  const errorAt = useKeyError(failure);
  const missing = missingOf(config);
  const isFailureAtField = keyOfFailure(estimate.error) !== null;
  const refused = isFailureAtField ? 'invalid' : 'refused';
  const canStart = missing === null && estimate.error === null;
  const { mutate, isError, reset } = start;
  const begin = useCallback(() => {
    if (canStart) {
      unlessBusy(mutate);
    }
  }, [canStart, unlessBusy, mutate]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was refused is another configuration.
  useEffect(() => {
    if (isError) {
      reset();
    }
  }, [config]);
  useStartKeys({ onStart: begin });
  return (
    <>
      <div className={classes.panes}>
        <div className={classes.form}>
          <ConfigForm config={config} errorAt={errorAt} failedKey={keyOfFailure(failure)} />
        </div>
        <EstimatePane
          config={config}
          state={estimate}
          gpus={machine?.gpus ?? []}
          isFailureAtField={isFailureAtField}
        />
      </div>
      <div className={classes.bar}>
        {start.error !== null && keyOfFailure(start.error) === null && (
          <FailureNote error={start.error} />
        )}
        {machine?.missing != null && start.error === null && (
          <Stack gap="sm">
            <Notice>{machine.missing}</Notice>
            <InstallCommands code="trainer_not_installed" />
          </Stack>
        )}
        <div className={classes.row}>
          <p className={classes.note}>
            {t(`training.start.${missing ?? (canStart ? 'help' : refused)}`)}
          </p>
          <Button
            leftSection={<IconPlayerPlay size={17} aria-hidden />}
            rightSection={<Kbd className={classes.keys}>Ctrl ↵</Kbd>}
            aria-keyshortcuts="Control+Enter"
            disabled={!canStart}
            loading={isStarting}
            onClick={begin}
          >
            {t('training.start.button')}
          </Button>
        </div>
      </div>
    </>
  );
}

/** What is still to be chosen, as the key of the words that say so. */
function missingOf(config: Config) {
  if (hasDataset(config)) {
    return hasBase(config) ? null : 'missingBase';
  }
  return hasBase(config) ? 'missingDataset' : 'missing';
}
