/** Conversations for tests. */
import type { GivenRating, ReadResponse, TurnView } from '../../ipc/generated';

export function turn(part: Partial<TurnView> & Pick<TurnView, 'index'>): TurnView {
  return {
    role: 'assistant',
    content: `Answer ${part.index}`,
    date: '',
    isApplication: false,
    rating: null,
    origin: 'none',
    ratingInData: null,
    given: null,
    isForgotten: false,
    ...part,
  };
}

export function conversation(...turns: TurnView[]): ReadResponse {
  return {
    record: 'un2/default/conversations/one',
    kind: 'conversation',
    title: 'One',
    date: '',
    tags: [],
    turns,
    texts: {},
    rating: null,
    isForgotten: false,
  };
}

export function given(rating: number, part: Partial<GivenRating> = {}): GivenRating {
  return { rating, correction: '', tags: [], note: '', ...part };
}
