import { Badge, Button, Group, Title } from '@mantine/core';
import {
  IconArrowsLeftRight,
  IconFileCode,
  IconFolderOpen,
  IconPackage,
  IconTrash,
} from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../app/ActionButton';
import { FailureNote } from '../../app/FailureNote';
import { Notice } from '../../app/Notice';
import { nameOf } from '../../app/nameOf';
import { goTo } from '../../app/screens';
import { useBusy } from '../../app/useBusy';
import { useFormats } from '../../i18n/formats';
import { call } from '../../ipc/client';
import type { TrainedModel } from '../../ipc/generated';
import { useComparison } from '../compare/session/Comparison';
import { DeleteDialog } from '../training/runs/DeleteDialog';
import { RunStateBadge } from '../training/runs/RunStateBadge';
import { isAtWork } from '../training/runs/states';
import { useTrainingSession } from '../training/session/TrainingSession';
import { Lineage } from './Lineage';
import { ModelfileDialog } from './ModelfileDialog';
import classes from './ModelsScreen.module.css';
import { modelsQuery } from './queries';

/** One training's result: where it comes from, and what can be made of it. */
export function ModelCard({ model }: { model: TrainedModel }) {
  const formats = useFormats();
  const heading = `model-${model.run}`;
  return (
    <li>
      <article className={classes.card} aria-labelledby={heading}>
        <header className={classes.heading}>
          <Title order={2} size="h4" id={heading}>
            {nameOf(model.dataset)}
          </Title>
          <RunStateBadge state={model.state} />
          {model.gguf !== null && (
            <Badge size="sm" variant="default">
              GGUF
            </Badge>
          )}
          <span className={classes.when}>{formats.moment(model.created)}</span>
        </header>
        <Lineage model={model} />
        {model.hasAdapter ? <Actions model={model} /> : <WithoutAdapter model={model} />}
      </article>
    </li>
  );
}

function Actions({ model }: { model: TrainedModel }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { choose } = useComparison();
  const [shown, setShown] = useState<'modelfile' | 'delete'>();
  // By its key it is known again when the screen was left meanwhile.
  const convertKey = `models-convert ${model.run}`;
  const { isBusy: isConverting, unlessBusy } = useBusy(convertKey);
  const convert = useMutation({
    mutationKey: [convertKey],
    mutationFn: () => call('models_convert', { run: model.run }),
    onSuccess: (response) => queries.setQueryData(modelsQuery.queryKey, response),
  });
  const reveal = useMutation({ mutationFn: () => call('training_reveal', { name: model.run }) });
  const error = convert.error ?? reveal.error;
  return (
    <>
      <Group gap="xs">
        <ActionButton
          icon={IconArrowsLeftRight}
          isMain
          onClick={() => {
            choose(model.run);
            goTo('compare');
          }}
        >
          {t('models.compare')}
        </ActionButton>
        <ActionButton
          icon={IconPackage}
          loading={isConverting}
          onClick={() => unlessBusy(convert.mutate)}
        >
          {t(model.gguf === null ? 'models.convert' : 'models.convertAgain')}
        </ActionButton>
        <ActionButton icon={IconFileCode} onClick={() => setShown('modelfile')}>
          {t('models.modelfile.open')}
        </ActionButton>
        <ActionButton icon={IconFolderOpen} onClick={() => reveal.mutate()}>
          {t('exports.reveal')}
        </ActionButton>
        <ActionButton
          icon={IconTrash}
          disabled={isConverting || isAtWork(model.state)}
          onClick={() => setShown('delete')}
        >
          {t('training.run.delete')}
        </ActionButton>
      </Group>
      {error !== null && <FailureNote error={error} />}
      {convert.data?.notices.map((notice) => (
        <Notice key={notice}>{notice}</Notice>
      ))}
      {shown === 'modelfile' && (
        <ModelfileDialog run={model.run} onClose={() => setShown(undefined)} />
      )}
      {shown === 'delete' && (
        <DeleteDialog
          run={model.run}
          dataset={model.dataset}
          created={model.created}
          onClose={() => setShown(undefined)}
        />
      )}
    </>
  );
}

/** A training that has not come to an end: where to look after it. */
function WithoutAdapter({ model }: { model: TrainedModel }) {
  const { t } = useTranslation();
  const { showRun } = useTrainingSession();
  return (
    <Group gap="sm">
      <span className={classes.when}>{t('models.noAdapter')}</span>
      <Button
        size="compact-xs"
        variant="subtle"
        onClick={() => {
          showRun(model.run);
          goTo('training');
        }}
      >
        {t('models.seeTraining')}
      </Button>
    </Group>
  );
}
