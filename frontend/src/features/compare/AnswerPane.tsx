import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyIcon } from '../../app/CopyIcon';
import classes from './Compare.module.css';

interface Props {
  side: 'base' | 'adapter';
  text: string;
  isWriting: boolean;
  /** Whether the answer was stopped before its end. */
  wasStopped: boolean;
}

/** One model's answer, as it is being written. */
export function AnswerPane({ side, text, isWriting, wasStopped }: Props) {
  const { t } = useTranslation();
  const title = t(`compare.side.${side}`);
  const waits = isWriting
    ? 'compare.thinking'
    : wasStopped
      ? 'compare.stopped'
      : 'compare.noAnswer';
  return (
    <section className={classes.answer} data-side={side} aria-label={title} aria-busy={isWriting}>
      <h2>
        {title}
        {isWriting && <Loader size={12} aria-hidden />}
        {!isWriting && text !== '' && <CopyIcon text={text} label={t('compare.copy')} />}
      </h2>
      {text === '' ? (
        <p className={classes.soft}>{t(waits)}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
        <p className={classes.text} tabIndex={0}>
          {text}
        </p>
      )}
      {wasStopped && text !== '' && <p className={classes.soft}>{t('compare.stopped')}</p>}
    </section>
  );
}
