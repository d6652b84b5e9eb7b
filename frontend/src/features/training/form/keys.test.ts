import { describe, expect, it } from 'vitest';
import type { Config } from '../session/config';
import {
  advanced,
  camelOf,
  controls,
  currentValue,
  essentials,
  keyOfField,
  withValue,
} from './keys';

describe('the keys of a training', () => {
  it.each([
    ['load_in_4bit', 'loadIn4Bit'],
    ['bnb_4bit_quant_type', 'bnb4BitQuantType'],
    ['adam_beta2', 'adamBeta2'],
    ['bf16', 'bf16'],
    ['per_device_train_batch_size', 'perDeviceTrainBatchSize'],
    ['r', 'r'],
  ])('%s is %s for the program', (name, wire) => {
    expect(camelOf(name)).toBe(wire);
  });

  it('stand in the form once each', () => {
    const shown = [...essentials, ...Object.values(advanced).flat()];
    expect(shown.toSorted()).toEqual(Object.keys(controls).toSorted());
  });

  it('are read and changed without touching the rest', () => {
    const config = { lora: { r: 16, loraAlpha: 32 }, data: { maxLength: 1024 } } as Config;
    const changed = withValue(config, 'lora.r', 8);
    expect(currentValue(changed, 'lora.r')).toBe(8);
    expect(changed).toEqual({ lora: { r: 8, loraAlpha: 32 }, data: { maxLength: 1024 } });
    expect(config.lora.r).toBe(16);
  });

  it.each([
    ['config.training.learningRate', 'training.learning_rate'],
    ['config.quantization.loadIn4Bit', 'quantization.load_in_4bit'],
    ['config.data.dataset', 'data.dataset'],
    ['name', null],
    [null, null],
  ])('a refusal of %s belongs to %s', (field, key) => {
    expect(keyOfField(field)).toBe(key);
  });
});
