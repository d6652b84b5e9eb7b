import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../i18n/formats';
import type { Job } from '../session/job';

/** Where a running export is: stage, done of total, rate, time left. */
export function useProgressText({
  progress,
  isStopping,
}: Extract<Job, { state: 'running' }>): string {
  const { t } = useTranslation();
  const formats = useFormats();
  if (isStopping) {
    return t('export.progress.stopping');
  }
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
}
