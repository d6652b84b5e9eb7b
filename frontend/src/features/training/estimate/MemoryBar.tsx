import { useTranslation } from 'react-i18next';
import type { Gpu, MemoryEstimate } from '../../../ipc/generated';
import { useFigures } from '../figures';
import classes from './MemoryBar.module.css';

const uses = ['base', 'adapter', 'activations', 'context'] as const;

interface Props {
  memory: MemoryEstimate;
  gpus: readonly Gpu[];
}

/** The memory that the training takes, by use, beside what the largest card has. */
export function MemoryBar({ memory, gpus }: Props) {
  const { t } = useTranslation();
  const figures = useFigures();
  const card = gpus.reduce<Gpu | undefined>(
    (best, gpu) => (best === undefined || gpu.memory > best.memory ? gpu : best),
    undefined,
  );
  const whole = Math.max(memory.total, card?.memory ?? 0, 1);
  return (
    <div className={classes.memory}>
      <p className={classes.total}>
        <strong>{figures.gibibytes(memory.total)}</strong>{' '}
        {card === undefined
          ? t('training.estimate.noCard')
          : t('training.estimate.card', {
              name: card.name,
              memory: figures.gibibytes(card.memory),
            })}
      </p>
      <div className={classes.bar} aria-hidden="true">
        {uses.map((use) => (
          <span key={use} data-use={use} style={{ width: `${(memory[use] / whole) * 100}%` }} />
        ))}
      </div>
      <ul className={classes.uses}>
        {uses
          .filter((use) => memory[use] > 0)
          .map((use) => (
            <li key={use} data-use={use}>
              {t(`training.estimate.use.${use}`)} <span>{figures.gibibytes(memory[use])}</span>
            </li>
          ))}
      </ul>
    </div>
  );
}
