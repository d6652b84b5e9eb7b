/** A row of a dataset: its side of the split, and its number there, from 0. */
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

/** The row number that a person wrote, where the side has such a row. */
export function rowWritten(written: string, { rows }: Side): number | undefined {
  const text = written.trim();
  const row = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return row < rows ? row : undefined;
}
