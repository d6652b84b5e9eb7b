import { useFailureText } from '../../../app/FailureNote';
import { CommandFailure } from '../../../ipc/errors';
import { keyOfField } from '../form/keys';

const keys: readonly [RegExp, string][] = [
  [/^training_(dataset|file|row|token)_/, 'data.dataset'],
  [/^(manifest|dataset)_/, 'data.dataset'],
  [/^training_profile_/, 'data.profile'],
  [/^(base|weights)_/, 'model.base'],
  [/^training_no_validation$/, 'training.eval_strategy'],
  [/^training_nothing_kept$/, 'data.max_length'],
  [/^training_target_unknown$/, 'lora.target_modules'],
  [/^training_no_gpu$/, 'model.device'],
];

/** The configuration's key that a failure speaks of; null where it speaks of none. */
export function keyOfFailure(error: unknown): string | null {
  if (!(error instanceof CommandFailure)) {
    return null;
  }
  return keyOfField(error.field) ?? keys.find(([pattern]) => pattern.test(error.code))?.[1] ?? null;
}

/** What to write beside the field of a key. */
export function useKeyError(error: unknown): (key: string) => string | undefined {
  const { message, hint } = useFailureText(error);
  const failed = keyOfFailure(error);
  return (key) => (failed !== null && key === failed ? `${message} ${hint}` : undefined);
}
