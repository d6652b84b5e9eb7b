/** A row of a dataset: its side of the split, and its index there, from 0. */
export interface Place {
  split: string;
  row: number;
}

/** A side of a dataset, and how many rows it has. */
export interface Side {
  split: string;
  rows: number;
}

/** The sides that have rows, in the report's order. */
export function sidesOf(splits: Readonly<Record<string, number>>): Side[] {
  return Object.entries(splits)
    .map(([split, rows]) => ({ split, rows }))
    .filter(({ rows }) => rows > 0);
}

/** The row of the line number that a person wrote, from 1, where the side has such a line. */
export function rowWritten(written: string, { rows }: Side): number | undefined {
  const text = written.trim();
  const line = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return line >= 1 && line <= rows ? line - 1 : undefined;
}

/** The place that the program writes as `train:3`, from 1. */
export function placeOf(written: string): Place {
  const mark = written.lastIndexOf(':');
  return { split: written.slice(0, mark), row: Number(written.slice(mark + 1)) - 1 };
}

/** How the program wants a place written. */
export function placeWritten({ split, row }: Place): string {
  return `${split}:${row + 1}`;
}
