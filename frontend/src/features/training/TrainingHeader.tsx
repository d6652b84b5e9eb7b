import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { WorkHeader } from '../../app/WorkScreen';
import { runsQuery } from './queries';
import { useTrainingSession } from './session/TrainingSession';

/** The screen's title, and the way between its two views. */
export function TrainingHeader() {
  const { t } = useTranslation();
  const { view, show } = useTrainingSession();
  const count = useQuery(runsQuery).data?.runs.length ?? 0;
  return (
    <WorkHeader
      title={t('screen.training')}
      lead={t(`training.lead.${view}`)}
      switchLabel={t('training.views')}
      view={view}
      views={[
        { view: 'new', label: t('training.view.new') },
        { view: 'runs', label: t('training.view.runs'), count },
      ]}
      onShow={show}
    />
  );
}
