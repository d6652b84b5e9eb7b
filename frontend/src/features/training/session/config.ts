import type { TrainingConfigOutput } from '../../../ipc/generated';

export type Config = TrainingConfigOutput;
export type ConfigSection = 'model' | 'data' | 'quantization' | 'lora' | 'training';

export function withSection<Name extends ConfigSection>(
  config: Config,
  name: Name,
  part: Partial<Config[Name]>,
): Config {
  return { ...config, [name]: { ...config[name], ...part } };
}
