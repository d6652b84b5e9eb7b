import { Title } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../../app/FailureNote';
import { Folded } from '../../../app/Folded';
import { Notice } from '../../../app/Notice';
import { nameOf } from '../../../app/nameOf';
import { useFormats } from '../../../i18n/formats';
import type { RunView } from '../../../ipc/generated';
import type { Point } from '../chart/curve';
import { LossChart } from '../chart/LossChart';
import { useFigures } from '../figures';
import type { FollowedRun } from './followed';
import { LossTable } from './LossTable';
import { RunActions } from './RunActions';
import { RunFigures } from './RunFigures';
import classes from './RunReport.module.css';
import { RunStateBadge } from './RunStateBadge';
import { useRun } from './useRun';

/** One training: how far it is, its curves, and what can be done with it. */
export function RunReport({ run: listed }: { run: RunView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const query = useRun(listed.status.name);
  const { status, message, hint } = query.data?.run ?? listed;
  const { train, validation } = useCurves(query.data);
  return (
    <article className={classes.report} aria-labelledby="run-title">
      <header>
        <div className={classes.heading}>
          <Title order={2} size="h3" id="run-title" tabIndex={-1}>
            {nameOf(status.dataset)}
          </Title>
          <RunStateBadge state={status.state} />
        </div>
        <p className={classes.lineage}>
          {t('training.run.lineage', {
            when: formats.moment(status.created),
            base: nameOf(status.base),
            profile: status.profile,
          })}
        </p>
        <RunActions status={status} followed={query.data} />
      </header>
      {query.error !== null && (
        <FailureNote error={query.error} onRetry={() => void query.refetch()} />
      )}
      {message !== null && (
        <Notice title={message} isFailure={status.state === 'failed'}>
          {hint}
        </Notice>
      )}
      <NoBetter status={status} />
      <RunFigures status={status} followed={query.data} />
      <Part title={t('training.chart.title')}>
        <LossChart train={train} validation={validation} maxSteps={status.maxSteps} />
        <Folded title={t('training.run.table')}>
          <LossTable train={train} validation={validation} />
        </Folded>
      </Part>
      <Folded title={t('training.run.log')}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
        <pre className={classes.log} tabIndex={0}>
          {query.data?.log || t('training.run.noLog')}
        </pre>
      </Folded>
    </article>
  );
}

/** Says so where an adapter answers what it was not trained on no better than the base does. */
function NoBetter({
  status: { adapterEvalLoss: after, baseEvalLoss: before },
}: Pick<RunView, 'status'>) {
  const { t } = useTranslation();
  const figures = useFigures();
  return (
    after !== null &&
    before !== null &&
    after >= before && (
      <Notice title={t('training.run.noBetter')}>
        {t('training.run.noBetterText', {
          before: figures.loss(before),
          after: figures.loss(after),
        })}
      </Notice>
    )
  );
}

function useCurves(followed: FollowedRun | undefined): { train: Point[]; validation: Point[] } {
  return useMemo(
    () => ({
      train: (followed?.points ?? []).map(({ step, loss }) => ({ step, value: loss })),
      validation: (followed?.evaluations ?? []).map(({ step, evalLoss }) => ({
        step,
        value: evalLoss,
      })),
    }),
    [followed],
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part} aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
