export interface Piece {
  text: string;
  isMarker: boolean;
}

// What the prompt formats mark turns with; see the profiles of the program.
const MARKERS =
  /<\/?s>|\[\/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS)\]|<<\/?SYS>>|<\|[\w-]{1,40}\|>|<(?:start_of_turn|end_of_turn|bos|eos)>/g;

/** Split a text into control markers and what stands between them. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const found of text.matchAll(MARKERS)) {
    if (found.index > end) {
      pieces.push({ text: text.slice(end, found.index), isMarker: false });
    }
    pieces.push({ text: found[0], isMarker: true });
    end = found.index + found[0].length;
  }
  if (end < text.length) {
    pieces.push({ text: text.slice(end), isMarker: false });
  }
  return pieces;
}

/** The columns of a line of the dataset, as a person reads them; the line itself if it is none. */
export function columnsOf(line: string): [name: string, text: string][] {
  const row: unknown = JSON.parse(line);
  if (typeof row !== 'object' || row === null) {
    return [['', line]];
  }
  return Object.entries(row).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value, null, 2),
  ]);
}
