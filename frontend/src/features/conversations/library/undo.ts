/** The changes that can be taken back, the last one first. They outlive the screen. */
import type { GivenRating } from '../../../ipc/generated';

/** What is to be said about an answer from now on; null is nothing. */
export interface Change {
  root: string;
  record: string;
  title: string;
  index: number;
  given: GivenRating | null;
}

const LEVELS = 200;
let changes: Change[] = [];

/** Remember what stood there before a change. */
export function pushUndo(change: Change): void {
  changes = [...changes, change].slice(-LEVELS);
}

/** What to put back now; those of another data folder are forgotten. */
export function popUndo(root: string): Change | undefined {
  changes = changes.filter((change) => change.root === root);
  return changes.pop();
}
