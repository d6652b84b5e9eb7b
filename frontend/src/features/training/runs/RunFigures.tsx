import { Progress as Bar } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../i18n/formats';
import type { RunStatus } from '../../../ipc/generated';
import { useFigures } from '../figures';
import type { FollowedRun } from './followed';
import classes from './RunReport.module.css';
import { type Speed, speedOf } from './speed';
import { isAtWork } from './states';

interface Props {
  status: RunStatus;
  followed: FollowedRun | undefined;
}

/** How far a run is, how fast it goes, and how long it still takes. */
export function RunFigures({ status, followed }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const figures = useFigures();
  const { step, maxSteps, state } = status;
  const points = followed?.points ?? [];
  const last = points.at(-1);
  const checkpoint = followed?.checkpoints.at(-1);
  const speed = speedOf(points);
  const share = maxSteps > 0 ? step / maxSteps : 0;
  const works = isAtWork(state);
  const stepText =
    maxSteps === 0
      ? t(works ? 'training.run.loading' : 'training.run.notBegun')
      : t('training.run.stepOf', {
          step: figures.whole(step),
          steps: figures.whole(maxSteps),
        });
  return (
    <div>
      <Bar.Root
        size="lg"
        role="progressbar"
        aria-label={t('training.run.progress')}
        aria-valuetext={stepText}
        aria-valuenow={Math.round(share * 100)}
      >
        <Bar.Section withAria={false} value={share * 100} animated={state === 'running'} />
      </Bar.Root>
      <dl className={classes.figures}>
        <Figure name={t('training.run.step')} value={stepText} />
        <Figure
          name={t('training.run.epoch')}
          value={last === undefined ? '–' : formats.number(last.epoch)}
        />
        <Figure name={t('training.run.speed')} value={speed === null ? '–' : speedText(speed)} />
        {works && (
          <Figure
            name={t('training.run.left')}
            value={
              speed === null
                ? '–'
                : formats.duration(Math.max(maxSteps - step, 0) * speed.secondsPerStep)
            }
          />
        )}
        <Figure
          name={t('training.run.rate')}
          value={last === undefined ? '–' : figures.rate(last.learningRate)}
        />
        {state !== 'finished' && (
          <Figure
            name={t('training.run.checkpoint')}
            value={
              checkpoint === undefined
                ? '–'
                : t('training.chart.step', { step: figures.whole(checkpoint) })
            }
          />
        )}
        {status.adapterStep !== null && status.adapterEvalLoss !== null && (
          <Figure
            name={t('training.run.adapter')}
            value={t('training.run.adapterOf', {
              step: figures.whole(status.adapterStep),
              loss: figures.loss(status.adapterEvalLoss),
            })}
          />
        )}
      </dl>
    </div>
  );

  function speedText({ secondsPerStep, tokensPerSecond }: Speed): string {
    const steps =
      secondsPerStep < 1
        ? t('training.run.stepsPerSecond', { speed: formats.number(1 / secondsPerStep) })
        : t('training.run.secondsPerStep', { speed: formats.number(secondsPerStep) });
    return tokensPerSecond === null
      ? steps
      : `${steps} · ${t('training.run.tokensPerSecond', { speed: figures.amount(tokensPerSecond) })}`;
  }
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
