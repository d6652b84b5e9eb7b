import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../../app/FailureNote';
import classes from '../../../app/PickList.module.css';
import { ScreenFailure } from '../../../app/ScreenFailure';
import { useRovingRows } from '../../../app/useRovingRows';
import { Waiting } from '../../../app/Waiting';
import { runsQuery } from '../queries';
import { useTrainingSession } from '../session/TrainingSession';
import { RunItem } from './RunItem';
import { RunReport } from './RunReport';

/** The trainings, newest first, and one of them in full. */
export function Runs() {
  const { t } = useTranslation();
  const { selected, showRun, show } = useTrainingSession();
  const query = useQuery(runsQuery);
  const runs = query.data?.runs ?? [];
  const place = Math.max(
    0,
    runs.findIndex(({ status }) => status.name === selected),
  );
  const shown = runs[place];
  const rover = useRovingRows(runs.length, place);
  if (query.isLoadingError) {
    return <ScreenFailure error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (query.isPending) {
    return <Waiting />;
  }
  if (query.isSuccess && shown === undefined) {
    return (
      <div className={classes.empty}>
        <Text c="var(--ink-soft)">{t('training.runs.empty')}</Text>
        <Button mt="md" onClick={() => show('new')}>
          {t('training.runs.first')}
        </Button>
      </div>
    );
  }
  return (
    <div className={classes.panes}>
      <nav className={classes.list} aria-label={t('training.runs.list')}>
        {query.error !== null && <FailureNote error={query.error} />}
        <ul onKeyDown={rover.onKeyDown}>
          {runs.map((run, at) => (
            <RunItem
              key={run.status.name}
              status={run.status}
              isShown={run === shown}
              row={rover.row(at)}
              tabIndex={rover.tabIndex(at)}
              onShow={() => showRun(run.status.name)}
            />
          ))}
        </ul>
      </nav>
      {shown !== undefined && <RunReport key={shown.status.name} run={shown} />}
    </div>
  );
}
