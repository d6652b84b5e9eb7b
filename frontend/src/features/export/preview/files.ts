import type { ExportPreview, PreviewRow } from '../../../ipc/generated';

export interface FileLines {
  /** `train.jsonl` and so on; empty for a dataset that is one file. */
  name: string;
  total: number;
  /** Its first lines, as far as they are known. */
  rows: PreviewRow[];
}

const SPLITS = ['train', 'val', 'test'];

/** The files that an export writes: a folder has one for each side that is not empty. */
export function linesByFile(preview: ExportPreview, isOneFile: boolean): FileLines[] {
  if (preview.rows === 0) {
    return [];
  }
  if (isOneFile) {
    return [{ name: '', total: preview.rows, rows: preview.sample }];
  }
  return SPLITS.filter((split) => preview.splits[split]).map((split) => ({
    name: `${split}.jsonl`,
    total: preview.splits[split] ?? 0,
    rows: preview.sample.filter((row) => row.split === split),
  }));
}
