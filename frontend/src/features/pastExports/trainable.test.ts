import { describe, expect, it } from 'vitest';
import type { PastExport } from '../../ipc/generated';
import { canTrainOn } from './trainable';

describe('what can be trained on', () => {
  it.each([
    ['/sets/mine', 'sft', true],
    ['/sets/mine.jsonl', 'sft', false],
    ['/sets/mine', 'dpo', false],
    ['/sets/mine', 'kto', false],
  ])('%s, %s: %s', (output, task, expected) => {
    const past = { report: { output }, recipe: { output: { task } } } as PastExport;
    expect(canTrainOn(past)).toBe(expected);
  });
});
