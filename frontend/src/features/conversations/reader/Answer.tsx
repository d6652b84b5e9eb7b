import { Badge } from '@mantine/core';
import { IconNote, IconPencilCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { GivenRating, TurnView } from '../../../ipc/generated';
import classes from './Answer.module.css';
import { ForgottenMark } from './ForgottenMark';
import { MessageText } from './MessageText';
import { RatingBar } from './RatingBar';
import { Turn } from './Turn';

interface Props {
  /** The conversation's. */
  record: string;
  turn: TurnView;
  /** Its place among the answers, from 1, and how many there are. */
  place: number;
  count: number;
  isCurrent: boolean;
  asWritten: boolean;
  onFocus: () => void;
  onRate: (rating: number) => void;
  onRemove: () => void;
  onCorrect: () => void;
}

const idOf = (turn: TurnView) => `answer-${turn.index}`;

/** The answer takes the focus; returns it, or null where it is not there. */
export function focusAnswer(turn: TurnView): HTMLElement | null {
  const element = document.getElementById(idOf(turn));
  element?.focus({ preventScroll: true });
  return element;
}

/** An answer of the assistant, with what was said about it. */
export function Answer({
  record,
  turn,
  place,
  count,
  isCurrent,
  asWritten,
  onFocus,
  ...actions
}: Props) {
  const { t } = useTranslation();
  const label = t('conversations.answer.label', { place, count });
  return (
    <article
      id={idOf(turn)}
      // Reached by the keys of the reader; the Tab key goes from one rating to the next.
      tabIndex={-1}
      className={classes.answer}
      aria-label={label}
      data-current={isCurrent || undefined}
      onFocus={onFocus}
    >
      <Turn turn={turn} asWritten={asWritten}>
        {turn.isForgotten && (
          <ForgottenMark
            record={`${record}#${turn.index}`}
            what="answer"
            onTakenBack={() => focusAnswer(turn)}
          />
        )}
        {turn.given !== null && <Said given={turn.given} asWritten={asWritten} />}
        <div className={classes.rating}>
          <RatingBar
            turn={turn}
            label={t('conversations.answer.rating', { place, count })}
            onRate={actions.onRate}
            onCorrect={actions.onCorrect}
            onRemove={() => {
              // The button that was pressed goes away with the rating.
              focusAnswer(turn);
              actions.onRemove();
            }}
          />
        </div>
      </Turn>
    </article>
  );
}

function Said({ given, asWritten }: { given: GivenRating; asWritten: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      {given.correction !== '' && (
        <section className={classes.correction} aria-label={t('conversations.answer.correction')}>
          <div className={classes.correctionHead}>
            <IconPencilCheck size={15} stroke={1.7} aria-hidden />
            <b>{t('conversations.answer.correction')}</b>
            <span>{t('conversations.answer.correctionHelp')}</span>
          </div>
          <MessageText text={given.correction} asWritten={asWritten} />
        </section>
      )}
      {(given.tags.length > 0 || given.note !== '') && (
        <div className={classes.remarks}>
          {given.tags.map((tag) => (
            <Badge key={tag} size="sm" variant="light" tt="none">
              {tag}
            </Badge>
          ))}
          {given.note !== '' && (
            <span className={classes.note}>
              <IconNote size={14} stroke={1.6} aria-hidden /> {given.note}
            </span>
          )}
        </div>
      )}
    </>
  );
}
