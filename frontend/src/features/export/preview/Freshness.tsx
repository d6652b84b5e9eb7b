import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../i18n/formats';
import { fractionDone } from '../session/job';
import type { PreviewState } from '../usePreview';
import classes from './PreviewPane.module.css';

interface Props {
  state: PreviewState;
  isPaused: boolean;
}

/** Whether the preview speaks of the recipe as it is now, and if not, how far the new one is. */
export function Freshness({ state, isPaused }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (isPaused) {
    return <span className={classes.freshness}>{t('export.preview.paused')}</span>;
  }
  if ((state.isUpToDate && !state.isEstimate) || state.error !== null) {
    return null;
  }
  const done = fractionDone(state.progress);
  return (
    <span className={classes.freshness}>
      <Loader size={12} />
      {state.isEstimate && <strong>{t('export.preview.estimate')}</strong>}
      <span className={classes.updating}>
        {t(`export.preview.${state.isEstimate ? 'counting' : 'updating'}`)}
      </span>
      {done !== null && formats.percent(Math.round(done * 100) / 100)}
    </span>
  );
}
