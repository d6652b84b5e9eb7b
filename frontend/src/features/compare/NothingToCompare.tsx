import { Button, Text } from '@mantine/core';
import { IconSchool } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { goTo } from '../../app/screens';
import { useTrainingSession } from '../training/session/TrainingSession';
import classes from './Compare.module.css';

interface Props {
  /** The newest training, which has made no adapter yet. */
  training: string | undefined;
}

/** There is no adapter yet: what will be seen here, and the way there. */
export function NothingToCompare({ training }: Props) {
  const { t } = useTranslation();
  const { show, showRun } = useTrainingSession();
  const onGo = () => {
    if (training === undefined) {
      show('new');
    } else {
      showRun(training);
    }
    goTo('training');
  };
  return (
    <div className={classes.empty}>
      <Text c="var(--ink-soft)">{t('compare.empty')}</Text>
      <Button mt="md" leftSection={<IconSchool size={17} aria-hidden />} onClick={onGo}>
        {t(training === undefined ? 'models.empty.train' : 'models.seeTraining')}
      </Button>
    </div>
  );
}
