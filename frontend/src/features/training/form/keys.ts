import type { Config, ConfigSection } from '../session/config';

/** How a key's value is asked for. Names are those of the file, of TRL and of PEFT. */
export type Control =
  | { kind: 'whole'; min: number; max: number }
  | { kind: 'decimal'; min: number; max: number; step: number }
  /** A number that is written like `2e-4`. */
  | { kind: 'rate'; min: number; max: number }
  | { kind: 'choice'; choices: readonly string[] }
  | { kind: 'yesNo' }
  | { kind: 'words'; suggestions: readonly string[] };

const dtypes = ['auto', 'bfloat16', 'float16', 'float32'];
const linearLayers = [
  'all-linear',
  'q_proj',
  'k_proj',
  'v_proj',
  'o_proj',
  'gate_proj',
  'up_proj',
  'down_proj',
];

const whole = (min: number, max = 1_000_000): Control => ({ kind: 'whole', min, max });
const decimal = (min: number, max: number, step: number): Control => ({
  kind: 'decimal',
  min,
  max,
  step,
});
const choice = (...choices: string[]): Control => ({ kind: 'choice', choices });
const yesNo: Control = { kind: 'yesNo' };

export const controls = {
  'model.device': choice('auto', 'cuda', 'cpu'),
  'model.dtype': choice(...dtypes),
  'model.attn_implementation': choice('sdpa', 'eager', 'flash_attention_2'),
  'data.train_on': choice('answers', 'all'),
  'data.max_length': whole(16, 1_048_576),
  'data.overlong': choice('trim', 'drop', 'cut'),
  'data.verify': yesNo,
  'quantization.load_in_4bit': yesNo,
  'quantization.bnb_4bit_quant_type': choice('nf4', 'fp4'),
  'quantization.bnb_4bit_use_double_quant': yesNo,
  'quantization.bnb_4bit_compute_dtype': choice(...dtypes),
  'lora.r': whole(1, 4096),
  'lora.lora_alpha': whole(1, 65_536),
  'lora.lora_dropout': decimal(0, 0.99, 0.01),
  'lora.target_modules': { kind: 'words', suggestions: linearLayers },
  'lora.use_rslora': yesNo,
  'lora.use_dora': yesNo,
  'lora.bias': choice('none', 'all', 'lora_only'),
  'lora.modules_to_save': { kind: 'words', suggestions: ['lm_head', 'embed_tokens'] },
  'training.num_train_epochs': decimal(0.01, 10_000, 1),
  'training.max_steps': whole(-1, 100_000_000),
  'training.per_device_train_batch_size': whole(1),
  'training.gradient_accumulation_steps': whole(1),
  'training.per_device_eval_batch_size': whole(1),
  'training.gradient_checkpointing': yesNo,
  'training.learning_rate': { kind: 'rate', min: 1e-7, max: 1 },
  'training.lr_scheduler_type': choice('constant', 'constant_with_warmup', 'linear', 'cosine'),
  'training.warmup_steps': decimal(0, 1_000_000, 0.01),
  'training.weight_decay': decimal(0, 0.99, 0.01),
  'training.max_grad_norm': decimal(0.01, 1000, 0.1),
  'training.adam_beta2': decimal(0.5, 0.9999, 0.001),
  'training.optim': choice('paged_adamw_32bit', 'paged_adamw_8bit', 'adamw_torch'),
  'training.bf16': choice('auto', 'true', 'false'),
  'training.logging_steps': whole(1),
  'training.eval_strategy': choice('steps', 'epoch', 'no'),
  'training.eval_steps': decimal(0.01, 1_000_000, 0.05),
  'training.save_steps': whole(1),
  'training.save_total_limit': whole(2, 1000),
  'training.load_best_model_at_end': yesNo,
  'training.seed': whole(0, 2 ** 32 - 1),
} as const satisfies Record<string, Control>;

export type ConfigKey = keyof typeof controls;

/** What most people decide; the rest is folded away. */
export const essentials: readonly ConfigKey[] = [
  'training.num_train_epochs',
  'training.learning_rate',
  'lora.r',
  'data.max_length',
  'training.per_device_train_batch_size',
  'training.gradient_accumulation_steps',
];

export const advanced = {
  adapter: [
    'lora.lora_alpha',
    'lora.lora_dropout',
    'lora.target_modules',
    'lora.use_rslora',
    'lora.use_dora',
    'lora.bias',
    'lora.modules_to_save',
  ],
  data: ['data.train_on', 'data.overlong', 'data.verify'],
  loop: [
    'training.max_steps',
    'training.lr_scheduler_type',
    'training.warmup_steps',
    'training.optim',
    'training.weight_decay',
    'training.max_grad_norm',
    'training.adam_beta2',
    'training.seed',
  ],
  memory: [
    'quantization.load_in_4bit',
    'quantization.bnb_4bit_quant_type',
    'quantization.bnb_4bit_use_double_quant',
    'quantization.bnb_4bit_compute_dtype',
    'training.gradient_checkpointing',
    'model.device',
    'model.dtype',
    'training.bf16',
    'model.attn_implementation',
  ],
  watching: [
    'training.eval_strategy',
    'training.eval_steps',
    'training.per_device_eval_batch_size',
    'training.logging_steps',
    'training.save_steps',
    'training.save_total_limit',
    'training.load_best_model_at_end',
  ],
} as const satisfies Record<string, readonly ConfigKey[]>;

export type AdvancedGroup = keyof typeof advanced;

type Value = string | number | boolean | string[];

/** As the program's models name keys over IPC: pydantic's `to_camel`. */
export function camelOf(name: string): string {
  return name
    .replace(
      /_?(\d+)([a-z])/g,
      (_, digits: string, letter: string) => digits + letter.toUpperCase(),
    )
    .replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function placeOf(key: ConfigKey): [ConfigSection, string] {
  const [section, name] = key.split('.') as [ConfigSection, string];
  return [section, camelOf(name)];
}

export function currentValue(config: Config, key: ConfigKey): Value {
  const [section, name] = placeOf(key);
  return (config[section] as unknown as Record<string, Value>)[name] ?? '';
}

export function withValue(config: Config, key: ConfigKey, value: Value): Config {
  const [section, name] = placeOf(key);
  return { ...config, [section]: { ...config[section], [name]: value } };
}

/** The key that a refused request speaks of, such as `config.training.learningRate`. */
export function keyOfField(field: string | null): string | null {
  if (!field?.startsWith('config.')) {
    return null;
  }
  const path = field.slice('config.'.length);
  const keys = Object.keys(controls) as ConfigKey[];
  return keys.find((key) => placeOf(key).join('.') === path) ?? path;
}
