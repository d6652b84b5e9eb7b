import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReadResponse, TurnView } from '../../../ipc/generated';
import { isAnswer } from '../ratings';
import type { AnswerOf } from '../useAnswers';
import { changeView, useView } from '../view';
import { Answer, focusAnswer } from './Answer';
import classes from './Reader.module.css';
import { type ReaderAction, readerAction } from './readerKeys';
import { Turn } from './Turn';
import { useGrowing } from './useGrowing';

export interface AnswerActions {
  onRate: (answer: AnswerOf, rating: number) => void;
  onRemove: (answer: AnswerOf) => void;
  onCorrect: (answer: AnswerOf) => void;
}

interface Props extends AnswerActions {
  conversation: ReadResponse;
  onLeave: () => void;
  /** To another conversation of the list: 1 is the next one, -1 the one before. */
  onStep: (step: number) => void;
}

/** The turns of a conversation; its answers are walked and rated with the keyboard. */
export function Turns({ conversation, onLeave, onStep, onRate, onRemove, onCorrect }: Props) {
  const { t } = useTranslation();
  const { asWritten, focusReader, record, answer: wanted } = useView();
  const scroller = useRef<HTMLElement>(null);
  const { turns } = conversation;
  const answers = turns.filter(isAnswer);
  const [chosen, setChosen] = useState(wanted ?? undefined);
  const current = answers.find(({ index }) => index === chosen) ?? firstToRate(answers);
  const shown = useGrowing(turns.length);

  const focus = (turn: TurnView | undefined) => {
    const element = turn === undefined ? null : focusAnswer(turn);
    if (element === null) {
      scroller.current?.focus({ preventScroll: true });
    } else if (scroller.current !== null) {
      bringIntoSight(element, scroller.current);
    }
  };
  const isWanted = focusReader && conversation.record === record;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is asked for
  useEffect(() => {
    if (isWanted) {
      changeView({ focusReader: false });
      const isFirst = current === undefined || current === answers[0];
      focus(current);
      if (isFirst) {
        // A conversation is read from its beginning.
        scroller.current?.scrollTo(0, 0);
      }
    }
  }, [isWanted]);

  const act = (action: ReaderAction) => {
    const answer = current && { conversation, turn: current };
    switch (action.name) {
      case 'rate':
        setChosen(current?.index);
        return answer && onRate(answer, action.rating);
      case 'remove':
        return answer && onRemove(answer);
      case 'correct':
        return answer && onCorrect(answer);
      case 'walk': {
        const isFocused = scroller.current?.querySelector(':scope > article:focus-within');
        const place = current === undefined ? -1 : answers.indexOf(current);
        return focus(isFocused ? (answers[place + action.step] ?? current) : current);
      }
      case 'step':
        return onStep(action.step);
      case 'asWritten':
        return changeView({ asWritten: !asWritten });
      case 'leave':
        return onLeave();
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const action = readerAction(event);
    if (action !== undefined) {
      event.preventDefault();
      act(action);
    }
  };

  return (
    <section
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled and walked by keyboard
      tabIndex={0}
      className={classes.turns}
      aria-label={t('conversations.reader.messages')}
      onKeyDown={onKeyDown}
    >
      {turns.slice(0, shown).map((turn) => {
        if (!isAnswer(turn)) {
          return <Turn key={turn.index} turn={turn} asWritten={asWritten} />;
        }
        return (
          <Answer
            key={turn.index}
            record={conversation.record}
            turn={turn}
            place={answers.indexOf(turn) + 1}
            count={answers.length}
            isCurrent={turn === current}
            asWritten={asWritten}
            onFocus={() => setChosen(turn.index)}
            onRate={(rating) => onRate({ conversation, turn }, rating)}
            onRemove={() => onRemove({ conversation, turn })}
            onCorrect={() => onCorrect({ conversation, turn })}
          />
        );
      })}
    </section>
  );
}

function bringIntoSight(element: HTMLElement, frame: HTMLElement): void {
  const isTall = element.offsetHeight > 0.8 * frame.clientHeight;
  element.scrollIntoView({ block: isTall ? 'start' : 'nearest' });
}

function firstToRate(answers: readonly TurnView[]): TurnView | undefined {
  return answers.find((answer) => answer.rating === null) ?? answers[0];
}
