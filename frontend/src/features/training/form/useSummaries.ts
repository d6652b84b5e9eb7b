import { useTranslation } from 'react-i18next';
import { useFigures } from '../figures';
import type { Config } from '../session/config';
import type { AdvancedGroup } from './keys';

/** What a folded group holds, in a few words. */
export function useSummaries({
  data,
  lora,
  model,
  quantization,
  training,
}: Config): Record<AdvancedGroup, string> {
  const { t } = useTranslation();
  const figures = useFigures();
  // Below 1 it is a share of all steps.
  const validations = (steps: number) =>
    steps < 1
      ? t('training.summary.evalTimes', { count: Math.ceil(1 / steps) })
      : t('training.summary.evalSteps', { count: steps });
  const joined = (...parts: (string | false)[]) => parts.filter(Boolean).join(' · ');
  return {
    adapter: joined(
      `α ${figures.whole(lora.loraAlpha)}`,
      lora.targetModules.join(', '),
      lora.useRslora && 'rsLoRA',
      lora.useDora && 'DoRA',
    ),
    data: joined(t(`training.summary.trainOn.${data.trainOn}`), data.overlong),
    loop: joined(training.lrSchedulerType, training.optim),
    memory: joined(
      quantization.loadIn4Bit ? quantization.bnb4BitQuantType.toUpperCase() : model.dtype,
      model.device,
    ),
    watching:
      training.evalStrategy === 'steps' ? validations(training.evalSteps) : training.evalStrategy,
  };
}
