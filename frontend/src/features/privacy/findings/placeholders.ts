export interface Piece {
  text: string;
  isPlaceholder: boolean;
}

/** A text cut at what stands for masked values, such as `<EMAIL_1>`; nothing is lost. */
export function placeholderPieces(text: string): Piece[] {
  return text
    .split(/(<[A-Z][A-Z_]*_\d+>)/)
    .map((part, place) => ({ text: part, isPlaceholder: place % 2 === 1 }))
    .filter((piece) => piece.text !== '');
}
