import { useEffect, useRef, useState } from 'react';
import type { LibraryResponse } from '../../ipc/generated';
import { ActionToast } from './ActionToast';
import classes from './Browser.module.css';
import { useListing } from './library/useListing';
import { ListPane } from './list/ListPane';
import { focusAnswer } from './reader/Answer';
import { CorrectionEditor } from './reader/CorrectionEditor';
import { Reader } from './reader/Reader';
import { type AnswerOf, useAnswers } from './useAnswers';
import { useShortcuts } from './useShortcuts';
import { moveCursor, openRecord, useView } from './view';

/** Milliseconds that the cursor rests on an entry before it is opened. */
const REST = 120;

interface Props {
  library: LibraryResponse;
  onReadAgain: () => void;
}

/** The list and the reader side by side, and what goes on between them. */
export function Browser({ library, onReadAgain }: Props) {
  const { root, cursor, following, record } = useView();
  const listing = useListing();
  const answers = useAnswers(root);
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [correcting, setCorrecting] = useState<AnswerOf | null>(null);

  const underCursor = listing.entryAt(cursor)?.record;
  useEffect(() => {
    if (following !== 'no' && underCursor !== undefined && underCursor !== record) {
      const focus = following === 'reader';
      const timer = setTimeout(() => openRecord(underCursor, { focus }), focus ? 0 : REST);
      return () => clearTimeout(timer);
    }
  }, [following, underCursor, record]);

  useShortcuts({
    search: () => search.current?.select(),
    undo: () => void answers.undo(),
  });
  const step = (by: number) => {
    // What is read may not be where the cursor is: the list may be another one by now.
    const place = cursor + (underCursor === record ? by : 0);
    if (place >= 0 && place < (listing.total ?? 0)) {
      moveCursor(place, 'reader');
    }
  };

  return (
    <div className={classes.browser}>
      <ListPane
        library={library}
        listing={listing}
        search={search}
        list={list}
        onReadAgain={onReadAgain}
      />
      <div className={classes.reader}>
        <Reader
          onLeave={() => list.current?.focus()}
          onStep={step}
          onRate={answers.rate}
          onRemove={answers.remove}
          onCorrect={setCorrecting}
        />
        <ActionToast
          message={answers.message}
          onUndo={() => void answers.undo()}
          onClose={answers.closeMessage}
        />
      </div>
      {correcting !== null && (
        <CorrectionEditor
          turn={correcting.turn}
          knownTags={library.tags.map(({ tag }) => tag)}
          onSave={(given) => answers.correct(correcting, given)}
          onClose={() => {
            setCorrecting(null);
            focusAnswer(correcting.turn);
          }}
        />
      )}
    </div>
  );
}
