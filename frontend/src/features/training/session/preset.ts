import type { Config } from './config';

/** A preset's values around what the user has chosen to train, and on what. */
export function withPreset(config: Config, preset: Config): Config {
  return {
    ...preset,
    model: { ...preset.model, base: config.model.base },
    data: { ...preset.data, dataset: config.data.dataset, profile: config.data.profile },
  };
}

/** Whether a configuration holds just what a preset says. */
export function isPreset(config: Config, preset: Config): boolean {
  return JSON.stringify(withPreset(config, preset)) === JSON.stringify(config);
}
