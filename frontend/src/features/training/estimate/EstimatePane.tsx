import { Loader, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../../app/FailureNote';
import { Notice } from '../../../app/Notice';
import { useFormats } from '../../../i18n/formats';
import type { EstimateResponse, Gpu, SplitEstimate } from '../../../ipc/generated';
import { useFigures } from '../figures';
import { type Config, hasBase, hasDataset } from '../session/config';
import classes from './EstimatePane.module.css';
import { Introduction } from './Introduction';
import { MemoryBar } from './MemoryBar';
import type { EstimateState } from './useEstimate';

interface Props {
  config: Config;
  state: EstimateState;
  gpus: readonly Gpu[];
  /** Whether the failure is shown at a field of the form. */
  isFailureAtField: boolean;
}

/** What the training will take, before it starts. */
export function EstimatePane({ config, state, gpus, isFailureAtField }: Props) {
  const { t } = useTranslation();
  const { estimated, error } = state;
  const isComplete = hasDataset(config) && hasBase(config);
  return (
    <section
      className={classes.pane}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
      tabIndex={0}
      aria-label={t('training.estimate.title')}
      data-old={(estimated !== undefined && error === null && !state.isUpToDate) || undefined}
    >
      {error !== null && !isFailureAtField && <FailureNote error={error} onRetry={state.refresh} />}
      {error !== null && isFailureAtField && (
        <Text size="sm" c="var(--danger)">
          {t('training.estimate.invalid')}
        </Text>
      )}
      {estimated === undefined && error === null && !isComplete && <Introduction config={config} />}
      {estimated === undefined && error === null && isComplete && <Counting />}
      {estimated !== undefined && error === null && (
        <Estimate estimated={estimated} config={config} gpus={gpus} />
      )}
    </section>
  );
}

function Counting() {
  const { t } = useTranslation();
  return (
    <Text c="var(--ink-soft)" className={classes.waiting}>
      <Loader size="xs" /> {t('training.estimate.counting')}
    </Text>
  );
}

interface EstimateProps {
  estimated: EstimateResponse;
  config: Config;
  gpus: readonly Gpu[];
}

function Estimate({ estimated: { estimate, notices }, config, gpus }: EstimateProps) {
  const { t } = useTranslation();
  const figures = useFigures();
  const formats = useFormats();
  const rowsOfStep =
    config.training.perDeviceTrainBatchSize * config.training.gradientAccumulationSteps;
  return (
    <>
      {notices.map((notice) => (
        <Notice key={notice}>{notice}</Notice>
      ))}
      <dl className={classes.facts}>
        <Fact name={t('training.estimate.steps')} value={figures.whole(estimate.steps)}>
          {t('training.estimate.stepsHelp', {
            perEpoch: figures.whole(estimate.stepsPerEpoch),
            rows: figures.whole(rowsOfStep),
          })}
        </Fact>
        <Fact name={t('training.estimate.tokens')} value={figures.amount(estimate.train.tokens)}>
          {t('training.estimate.tokensHelp', {
            answers: figures.amount(estimate.train.answerTokens),
          })}
        </Fact>
        <Fact
          name={t('training.estimate.parameters')}
          value={figures.amount(estimate.trainableParameters)}
        >
          {t('training.estimate.parametersHelp', { architecture: estimate.architecture })}
        </Fact>
        <Fact name={t('training.estimate.disk')} value={formats.bytes(estimate.diskBytes)}>
          {t('training.estimate.diskHelp', { size: formats.bytes(estimate.adapterBytes) })}
        </Fact>
      </dl>
      <Part title={t('training.estimate.memory')}>
        <MemoryBar memory={estimate.memory} gpus={gpus} />
      </Part>
      <Part title={t('training.estimate.rows')}>
        <table className={classes.rows}>
          <thead>
            <tr>
              <th scope="col">{t('training.estimate.split')}</th>
              <th scope="col">{t('training.estimate.rowCount')}</th>
              <th scope="col">{t('training.estimate.longest')}</th>
              <th scope="col">{t('training.estimate.cut')}</th>
              <th scope="col">{t('training.estimate.dropped')}</th>
            </tr>
          </thead>
          <tbody>
            <SplitRow name={t('training.chart.train')} split={estimate.train} />
            <SplitRow name={t('training.chart.validation')} split={estimate.val} />
          </tbody>
        </table>
        {estimate.train.cut.length > 0 && (
          <p className={classes.note}>
            {t('training.estimate.cutLines', {
              lines: estimate.train.cut.map(figures.whole).join(', '),
              count: estimate.train.cutAnswers,
            })}
          </p>
        )}
        <p className={classes.note}>
          {t('training.estimate.profile', { profile: estimate.profile })}
        </p>
      </Part>
    </>
  );
}

function SplitRow({ name, split }: { name: string; split: SplitEstimate }) {
  const figures = useFigures();
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{figures.whole(split.rows)}</td>
      <td>{figures.whole(split.longest)}</td>
      <td data-warns={split.cutAnswers > 0 || undefined}>{figures.whole(split.cutRows)}</td>
      <td data-warns={split.droppedRows > 0 || undefined}>{figures.whole(split.droppedRows)}</td>
    </tr>
  );
}

function Fact({ name, value, children }: { name: string; value: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={classes.value}>{value}</dd>
      <dd className={classes.note}>{children}</dd>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
