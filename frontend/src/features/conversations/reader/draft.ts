/** What the editor of a correction holds, and what becomes of it. */
import type { GivenRating, TurnView } from '../../../ipc/generated';

export interface Draft {
  text: string;
  rating: number;
  tags: string[];
  note: string;
}

/** Who corrects an answer that nobody has rated does not find it good. */
const RATING_OF_CORRECTED = 2;

export function draftOf(turn: TurnView): Draft {
  const { given } = turn;
  return {
    text: given?.correction || turn.content,
    rating: turn.rating ?? RATING_OF_CORRECTED,
    tags: given?.tags ?? [],
    note: given?.note ?? '',
  };
}

/** What to store: a text that is the answer's own corrects nothing. */
export function givenBy(draft: Draft, turn: TurnView): GivenRating {
  const text = draft.text.trim();
  return {
    rating: draft.rating,
    correction: text === turn.content.trim() ? '' : text,
    tags: draft.tags,
    note: draft.note.trim(),
  };
}

export function isChanged(draft: Draft, turn: TurnView): boolean {
  return JSON.stringify(draft) !== JSON.stringify(draftOf(turn));
}
