import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { call } from '../../../ipc/client';
import type {
  LibraryResponse,
  ListResponse,
  RatedResponse,
  ReadResponse,
} from '../../../ipc/generated';
import { scanKey } from '../../privacy/findings/useScan';
import { ratingsOf, withGiven, withNewTags, withRatings } from '../ratings';
import { libraryKeys } from './keys';
import { type Change, popUndo, pushUndo } from './undo';

const ratingKey = ['rate'];

export interface Outcome {
  change: Change;
  isUndo: boolean;
}

/**
 * Stores what is said about answers, one change after another. The page shows each at once and
 * takes it back where it fails.
 */
export function useRating(root: string, onDone: (outcome: Outcome) => void) {
  const queries = useQueryClient();
  const latest = useRef<Promise<unknown>>(Promise.resolve());

  const mutation = useMutation({
    mutationKey: ratingKey,
    scope: { id: 'ratings' },
    mutationFn: ({ change }: Outcome) => send(change),
    onMutate: async ({ change }) => {
      const key = libraryKeys.reading(root, change.record);
      await queries.cancelQueries({ queryKey: key });
      const before = queries.getQueryData<ReadResponse>(key);
      if (before !== undefined) {
        queries.setQueryData(key, withGiven(before, change.index, change.given));
      }
      return before;
    },
    onError: (_error, { change }, before) => {
      const key = libraryKeys.reading(root, change.record);
      queries.setQueryData(key, before);
      void queries.invalidateQueries({ queryKey: key });
    },
    onSuccess: ({ before, conversation }, { change, isUndo }) => {
      if (!isUndo) {
        pushUndo({ ...change, given: before });
      }
      // A later change is already shown: its own answer is on the way.
      if (queries.isMutating({ mutationKey: ratingKey }) === 1) {
        queries.setQueryData(libraryKeys.reading(root, change.record), conversation);
      }
      showInList(conversation);
      void queries.invalidateQueries({ queryKey: scanKey });
      onDone({ change, isUndo });
    },
  });

  /** The ratings in the list and their count, without asking for the list again. */
  const showInList = (conversation: ReadResponse) => {
    const ratings = ratingsOf(conversation);
    let known: number | undefined;
    for (const queryKey of [libraryKeys.lists, libraryKeys.pages]) {
      queries.setQueriesData<ListResponse>({ queryKey }, (page) => {
        const entry = page?.entries.find(({ record }) => record === conversation.record);
        known ??= entry?.ratings.length;
        return (
          page && { ...page, entries: withRatings(page.entries, conversation.record, ratings) }
        );
      });
    }
    const more = ratings.length - (known ?? ratings.length);
    queries.setQueryData<LibraryResponse>(
      libraryKeys.summary(root),
      (library) =>
        library && {
          ...library,
          ratedAnswers: library.ratedAnswers + more,
          tags: withNewTags(library.tags, conversation),
        },
    );
  };

  const apply = (outcome: Outcome): Promise<RatedResponse> => {
    const done = mutation.mutateAsync(outcome);
    latest.current = done.catch(() => {});
    return done;
  };

  return {
    rate: (change: Change) => apply({ change, isUndo: false }),
    /** Takes the last change back; false where there is none. */
    undo: async (): Promise<boolean> => {
      await latest.current;
      const change = popUndo(root);
      if (change === undefined) {
        return false;
      }
      try {
        await apply({ change, isUndo: true });
      } catch (error) {
        pushUndo(change);
        throw error;
      }
      return true;
    },
  };
}

function send({ record, index, given }: Change): Promise<RatedResponse> {
  return given === null
    ? call('answer_unrate', { record, index })
    : call('answer_rate', { record, index, ...given });
}
