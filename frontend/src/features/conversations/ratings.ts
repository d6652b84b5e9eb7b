/** What a rating changes in what the page already knows, without asking the program. */
import type {
  GivenRating,
  LibraryEntry,
  ReadResponse,
  TagCount,
  TurnView,
} from '../../ipc/generated';

/** Whether a turn is an answer that can be rated: those of the application never train anything. */
export function isAnswer(turn: TurnView): boolean {
  return turn.role === 'assistant' && !turn.isApplication;
}

/** The conversation with what is said here about one answer; null takes it away. */
export function withGiven(
  conversation: ReadResponse,
  index: number,
  given: GivenRating | null,
): ReadResponse {
  const turns = conversation.turns.map((turn) => {
    if (turn.index !== index) {
      return turn;
    }
    if (given !== null) {
      return { ...turn, given, rating: given.rating, origin: 'here' as const };
    }
    const rating = turn.ratingInData;
    const origin = rating === null ? ('none' as const) : ('message' as const);
    return { ...turn, given, rating, origin };
  });
  return { ...conversation, turns };
}

/** The ratings of a conversation as its row of the list shows them. */
export function ratingsOf(conversation: ReadResponse): number[] {
  return conversation.turns
    .filter(isAnswer)
    .map((turn) => turn.rating)
    .filter((rating) => rating !== null);
}

export function mean(ratings: readonly number[]): number {
  return ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length;
}

/** The same entries, except that of this record, whose ratings changed. */
export function withRatings(
  entries: LibraryEntry[],
  record: string,
  ratings: number[],
): LibraryEntry[] {
  const place = entries.findIndex((entry) => entry.record === record);
  const entry = entries[place];
  return entry === undefined ? entries : entries.with(place, { ...entry, ratings });
}

/** The tags of the data folder with those given in this conversation that it did not know yet. */
export function withNewTags(tags: TagCount[], conversation: ReadResponse): TagCount[] {
  const known = new Set(tags.map(({ tag }) => tag));
  const given = conversation.turns.flatMap((turn) => turn.given?.tags ?? []);
  const fresh = [...new Set(given)].filter((tag) => !known.has(tag));
  return fresh.length === 0 ? tags : [...tags, ...fresh.map((tag) => ({ tag, entries: 1 }))];
}
