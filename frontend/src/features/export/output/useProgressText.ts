import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../i18n/formats';
import type { TaskProgress } from '../../../ipc/generated';
import type { Job } from '../session/job';

/** Where a running export is: stage, done of total, rate, time left. */
export function useProgressText({
  progress,
  isStopping,
}: Extract<Job, { state: 'running' }>): string {
  const { t } = useTranslation();
  const describe = useTaskText();
  return isStopping ? t('export.progress.stopping') : describe(progress);
}

/** Describes how far a task is that reads data or writes datasets; null where it only begins. */
export function useTaskText(): (progress: TaskProgress | null) => string {
  const { t } = useTranslation();
  const formats = useFormats();
  return (progress) => {
    if (progress === null) {
      return t('export.progress.starting');
    }
    const { stage, done, total, rate, secondsLeft } = progress;
    return [
      t(`export.progress.stage.${stage}`),
      total === null
        ? t(`export.progress.done.${stage}`, { count: done })
        : t('export.progress.doneOf', { count: total, done: formats.number(done) }),
      rate >= 1 && t('export.progress.rate', { rate: formats.number(Math.round(rate)) }),
      secondsLeft !== null &&
        secondsLeft >= 1 &&
        t('export.progress.left', { time: formats.duration(secondsLeft) }),
    ]
      .filter(Boolean)
      .join(' · ');
  };
}
