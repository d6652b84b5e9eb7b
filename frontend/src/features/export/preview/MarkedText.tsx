import { useMemo } from 'react';
import classes from './MarkedText.module.css';
import { piecesOf } from './markers';

/** A text with its control markers set off by colour. */
export function MarkedText({ text }: { text: string }) {
  const pieces = useMemo(() => piecesOf(text), [text]);
  return pieces.map((piece, place) =>
    piece.isMarker ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never move.
      <span key={place} className={classes.marker}>
        {piece.text}
      </span>
    ) : (
      piece.text
    ),
  );
}
