import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GivenRating, ReadResponse, TurnView } from '../../ipc/generated';
import type { Message } from './ActionToast';
import { type Outcome, useRating } from './library/useRating';

/** An answer, and the conversation that it belongs to. */
export interface AnswerOf {
  conversation: ReadResponse;
  turn: TurnView;
}

/** What can be done with answers, and the message about what was done last. */
export function useAnswers(root: string) {
  const { t } = useTranslation();
  const textOf = useOutcomeText();
  const [message, setMessage] = useState<Message | null>(null);
  const fail = (error: unknown) => setMessage({ kind: 'failed', error });
  const { rate, undo } = useRating(root, (outcome) =>
    setMessage({ kind: 'done', text: textOf(outcome), canUndo: !outcome.isUndo }),
  );
  const say = ({ conversation, turn }: AnswerOf, given: GivenRating | null) =>
    rate({
      root,
      record: conversation.record,
      title: conversation.title,
      index: turn.index,
      given,
    });

  return {
    message,
    closeMessage: useCallback(() => setMessage(null), []),
    /** A new rating leaves a correction, tags and a note as they are. */
    rate: (answer: AnswerOf, rating: number) => {
      const { given } = answer.turn;
      if (given?.rating !== rating) {
        const rest = given ?? { correction: '', tags: [], note: '' };
        say(answer, { ...rest, rating }).catch(fail);
      }
    },
    remove: (answer: AnswerOf) => {
      if (answer.turn.given !== null) {
        say(answer, null).catch(fail);
      } else if (answer.turn.rating !== null) {
        setMessage({ kind: 'info', text: t('conversations.done.notHere') });
      }
    },
    /** Rejects where it fails: the editor says so itself. */
    correct: say,
    undo: async () => {
      try {
        if (!(await undo())) {
          setMessage({ kind: 'info', text: t('conversations.done.nothingToUndo') });
        }
      } catch (error) {
        fail(error);
      }
    },
  };
}

function useOutcomeText(): (outcome: Outcome) => string {
  const { t } = useTranslation();
  return ({ change, isUndo }) => {
    if (isUndo) {
      return t('conversations.done.undone', { title: change.title });
    }
    if (change.given === null) {
      return t('conversations.done.removed');
    }
    if (change.given.correction !== '') {
      return t('conversations.done.corrected', { count: change.given.rating });
    }
    return t('conversations.done.rated', { count: change.given.rating });
  };
}
