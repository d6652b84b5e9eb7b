import { Loader, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../app/FailureNote';
import { Folded } from '../../app/Folded';
import { Notice } from '../../app/Notice';
import { useFigures } from '../training/figures';
import { AnswerPane } from './AnswerPane';
import classes from './Compare.module.css';
import { LossPair } from './LossPair';
import { MarkBar } from './MarkBar';
import { questionOf } from './PromptList';
import { useComparison } from './session/Comparison';

/** What came out: the losses, both answers as they are written, and which is better. */
export function Result() {
  const { t } = useTranslation();
  const { opened, isOpening, asked, failure, retry } = useComparison();
  return (
    <section className={classes.result} aria-label={t('compare.result')}>
      {failure !== null && <FailureNote error={failure} onRetry={retry} />}
      {isOpening && <Opening />}
      {!isOpening && opened === null && (
        <Text c="var(--ink-soft)" maw="38rem">
          {t('compare.intro')}
        </Text>
      )}
      {opened?.notices.map((notice) => (
        <Notice key={notice}>{notice}</Notice>
      ))}
      {opened !== null && opened.loss !== null && <LossPair loss={opened.loss} />}
      {opened !== null && asked === null && <Text c="var(--ink-soft)">{t('compare.choose')}</Text>}
      {opened !== null && asked !== null && <Exchange />}
    </section>
  );
}

function Opening() {
  const { t } = useTranslation();
  const figures = useFigures();
  const { opening } = useComparison();
  const stage = opening?.stage ?? 'converting';
  return (
    <p className={classes.waiting} role="status">
      <Loader size="xs" />
      {t(`compare.stage.${stage}`)}
      {opening !== null && opening.total > 0 && (
        <span>
          {t('training.run.stepOf', {
            step: figures.whole(opening.done),
            steps: figures.whole(opening.total),
          })}
        </span>
      )}
    </p>
  );
}

/** One question and its two answers. */
function Exchange() {
  const { t } = useTranslation();
  const { opened, asked, answers, soFar, isAnswering, winner, mark, isMarking } = useComparison();
  const panes = useRef<HTMLDivElement>(null);
  // In a narrow window they stand below the list of questions, out of sight of who has chosen one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: for each question anew.
  useEffect(() => {
    // Nothing is given back: browsers begin to return a promise, and React would call it at the end.
    panes.current?.scrollIntoView({ block: 'nearest' });
  }, [asked]);
  const heldOut = opened?.prompts.find(({ row }) => row === asked?.row);
  const base = answers?.base ?? soFar?.base ?? '';
  const adapter = answers?.adapter ?? soFar?.adapter ?? '';
  return (
    <>
      <p className={classes.question}>
        {heldOut === undefined ? asked?.question : questionOf(heldOut)}
      </p>
      <div className={classes.answers} ref={panes}>
        <AnswerPane
          side="base"
          text={base}
          isWriting={isAnswering && soFar?.side !== 'adapter'}
          wasStopped={!isAnswering && answers === null}
        />
        <AnswerPane
          side="adapter"
          text={adapter}
          isWriting={isAnswering && soFar?.side === 'adapter'}
          wasStopped={!isAnswering && answers === null}
        />
      </div>
      {answers !== null && (
        <MarkBar chosen={winner} areSame={base === adapter} isBusy={isMarking} onMark={mark} />
      )}
      {heldOut !== undefined && answers !== null && (
        <Folded title={t('compare.expected')}>
          <p className={classes.question}>{heldOut.expected}</p>
        </Folded>
      )}
    </>
  );
}
