import { VisuallyHidden } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconPlayerPause,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Indicator, IndicatorRing } from '../../app/Indicator';
import { useScreen } from '../../app/screens';
import { useFormats } from '../../i18n/formats';
import type { RunStatus } from '../../ipc/generated';
import { runsQuery } from './queries';
import { isAtWork, isEnding } from './runs/states';
import { useTrainingSession } from './session/TrainingSession';

const OFTEN = 2000;

const ends = {
  finished: { state: 'done', Icon: IconCircleCheck },
  stopped: { state: 'done', Icon: IconCircleCheck },
  paused: { state: 'interrupted', Icon: IconPlayerPause },
  interrupted: { state: 'interrupted', Icon: IconAlertTriangle },
  failed: { state: 'failed', Icon: IconCircleX },
} as const;

/** The running training, seen from every screen; then how it ended, until somebody looks. */
export function TrainingIndicator() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { showRun } = useTrainingSession();
  const run = useRunToTell();
  if (run === null) {
    return null;
  }
  const onFollow = () => showRun(run.name);
  if (isAtWork(run.state)) {
    const share = run.maxSteps > 0 ? run.step / run.maxSteps : 0;
    const said = isEnding(run.state) ? 'saving' : run.maxSteps > 0 ? 'running' : 'starting';
    return (
      <Indicator
        screen="training"
        state="running"
        sign={<IndicatorRing share={share} />}
        words={t(`training.indicator.${said}`, {
          share: formats.percent(Math.floor(share * 100) / 100),
        })}
        onFollow={onFollow}
      />
    );
  }
  const { state, Icon } = ends[run.state];
  const words = t(`training.indicator.${run.state}`);
  return (
    <>
      <VisuallyHidden role="status">{words}</VisuallyHidden>
      <Indicator
        screen="training"
        state={state}
        sign={<Icon size={20} stroke={1.6} aria-hidden />}
        words={words}
        onFollow={onFollow}
      />
    </>
  );
}

/** The run at work; where there is none, the one that was, until somebody looks. */
function useRunToTell(): RunStatus | null {
  const isShownThere = useScreen() === 'training';
  const [watched, setWatched] = useState<string | null>(null);
  const { data } = useQuery({
    ...runsQuery,
    refetchInterval: ({ state }) =>
      state.data?.runs.some(({ status }) => isAtWork(status.state)) ? OFTEN : false,
  });
  const runs = data?.runs.map(({ status }) => status) ?? [];
  const atWork = runs.find(({ state }) => isAtWork(state));
  const name = atWork?.name ?? null;
  useEffect(() => {
    if (name !== null) {
      setWatched(name);
    } else if (isShownThere) {
      // The training screen itself says how a training ended.
      setWatched(null);
    }
  }, [name, isShownThere]);
  return atWork ?? (isShownThere ? null : runs.find((run) => run.name === watched)) ?? null;
}
