import type { TrainingConfigOutput } from '../../../ipc/generated';

export type Config = TrainingConfigOutput;
export type ConfigSection = 'model' | 'data' | 'quantization' | 'lora' | 'training';

/** Whether a dataset is chosen, which may not be there. */
export function hasDataset({ data }: Config): boolean {
  return data.dataset.trim() !== '';
}

/** Whether a base model is chosen, which may not be there. */
export function hasBase({ model }: Config): boolean {
  return model.base.trim() !== '';
}

export function withSection<Name extends ConfigSection>(
  config: Config,
  name: Name,
  part: Partial<Config[Name]>,
): Config {
  return { ...config, [name]: { ...config[name], ...part } };
}
