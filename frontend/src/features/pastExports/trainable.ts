import type { PastExport } from '../../ipc/generated';

/** Whether the trainer takes a dataset: a folder, of answers to learn. */
export function canTrainOn({ report, recipe }: PastExport): boolean {
  return !report.output.endsWith('.jsonl') && recipe.output.task === 'sft';
}
