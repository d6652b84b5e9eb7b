import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ScreenHeader } from '../../app/ScreenHeader';
import { useFormats } from '../../i18n/formats';
import { runsQuery } from './queries';
import { useTrainingSession, type View } from './session/TrainingSession';
import classes from './TrainingScreen.module.css';

/** The screen's title, and the way between its two views. */
export function TrainingHeader() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { view, show } = useTrainingSession();
  const count = useQuery(runsQuery).data?.runs.length ?? 0;
  return (
    <header className={classes.header}>
      <ScreenHeader title={t('screen.training')} lead={t(`training.lead.${view}`)}>
        <SegmentedControl
          className={classes.views}
          aria-label={t('training.views')}
          value={view}
          data={[
            { value: 'new', label: t('training.view.new') },
            {
              value: 'runs',
              label:
                count > 0
                  ? `${t('training.view.runs')} · ${formats.number(count)}`
                  : t('training.view.runs'),
            },
          ]}
          onChange={(value) => show(value as View)}
        />
      </ScreenHeader>
    </header>
  );
}
