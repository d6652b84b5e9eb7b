import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ScreenFailure } from '../../app/ScreenFailure';
import { ScreenHeader } from '../../app/ScreenHeader';
import { Waiting } from '../../app/Waiting';
import { modelsQuery } from '../models/queries';
import { Ask } from './Ask';
import classes from './Compare.module.css';
import { NothingToCompare } from './NothingToCompare';
import { Result } from './Result';
import { Sides } from './Sides';
import { useComparison } from './session/Comparison';

/** The base model and its adapter asked the same, side by side. */
export function CompareScreen() {
  const { t } = useTranslation();
  const query = useQuery(modelsQuery);
  const trained = query.data?.models ?? [];
  const models = trained.filter((model) => model.hasAdapter);
  const { opened, run, choose, isResuming } = useComparison();
  const newest = models[0]?.run;
  // The one that was chosen may have been deleted since.
  const isChosen = models.some((model) => model.run === run);
  useEffect(() => {
    if (!isChosen && newest !== undefined && !isResuming) {
      choose(newest);
    }
  }, [isChosen, newest, choose, isResuming]);
  return (
    <div className={classes.screen}>
      <header className={classes.header}>
        <ScreenHeader title={t('screen.compare')} lead={t('compare.lead')} />
      </header>
      {query.error !== null && (
        <ScreenFailure error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isPending && <Waiting />}
      {query.isSuccess && models.length === 0 && <NothingToCompare training={trained[0]?.run} />}
      {models.length > 0 && (
        <div className={classes.panes}>
          <div className={classes.form}>
            <Sides models={models} />
            {opened !== null && <Ask opened={opened} />}
          </div>
          <Result />
        </div>
      )}
    </div>
  );
}
