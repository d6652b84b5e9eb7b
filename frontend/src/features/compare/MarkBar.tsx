import { Button, Group } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Compare.module.css';

export type Winner = 'base' | 'adapter' | 'both' | 'neither';

const winners: readonly Winner[] = ['base', 'adapter', 'both', 'neither'];

interface Props {
  chosen: Winner | null;
  /** Two answers that are the same: neither can be the better one. */
  areSame: boolean;
  isBusy: boolean;
  onMark: (winner: Winner | null) => void;
}

/** Which answer is better; said here, it becomes a rating. */
export function MarkBar({ chosen, areSame, isBusy, onMark }: Props) {
  const { t } = useTranslation();
  const title = useId();
  return (
    <section className={classes.marks} aria-labelledby={title}>
      <h2 id={title}>{t('compare.mark.title')}</h2>
      <Group gap="xs" role="group" aria-labelledby={title}>
        {winners.map((winner) => (
          <Button
            key={winner}
            size="xs"
            variant={chosen === winner ? 'filled' : 'default'}
            aria-pressed={chosen === winner}
            disabled={areSame && (winner === 'base' || winner === 'adapter')}
            // It keeps the focus while its mark is written.
            onClick={() => !isBusy && onMark(chosen === winner ? null : winner)}
          >
            {t(`compare.mark.${winner}`)}
          </Button>
        ))}
      </Group>
      <p className={classes.soft} role="status">
        {chosen === null
          ? t(areSame ? 'compare.mark.same' : 'compare.mark.help')
          : t(`compare.mark.done.${chosen}`)}
      </p>
    </section>
  );
}
