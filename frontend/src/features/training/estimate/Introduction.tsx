import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useExportSession } from '../../export/session/ExportSession';
import { useIsGone, useTrainableDatasets } from '../form/useTrainableDatasets';
import { type Config, hasBase, hasDataset } from '../session/config';
import classes from './EstimatePane.module.css';

/** What a training is, and what is still to be chosen for it. */
export function Introduction({ config }: { config: Config }) {
  const { t } = useTranslation();
  const { show } = useExportSession();
  const { length: count } = useTrainableDatasets();
  const isGone = useIsGone(config.data.dataset);
  return (
    <div className={classes.intro}>
      <h2>{t('training.intro.title')}</h2>
      <p>{t('training.intro.text')}</p>
      <ol>
        <li data-done={(hasDataset(config) && !isGone) || undefined}>
          <strong>{t('training.intro.dataset')}</strong>{' '}
          {count > 0 ? (
            t('training.intro.datasetThere', { count })
          ) : (
            <>
              {t('training.intro.datasetHelp')}{' '}
              <Anchor href="#/export" inherit underline="always" onClick={() => show('new')}>
                {t('training.intro.toExport')}
              </Anchor>
            </>
          )}
        </li>
        <li data-done={hasBase(config) || undefined}>
          <strong>{t('training.intro.base')}</strong> {t('training.intro.baseHelp')}
        </li>
        <li>
          <strong>{t('training.intro.start')}</strong> {t('training.intro.startHelp')}
        </li>
      </ol>
    </div>
  );
}
