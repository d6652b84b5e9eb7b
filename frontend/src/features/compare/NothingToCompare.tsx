import { Button, Text } from '@mantine/core';
import { IconSchool } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { goTo } from '../../app/screens';
import classes from './Compare.module.css';

/** There is no adapter yet: what will be seen here, and the way there. */
export function NothingToCompare() {
  const { t } = useTranslation();
  return (
    <div className={classes.empty}>
      <Text c="var(--ink-soft)">{t('compare.empty')}</Text>
      <Button
        mt="md"
        leftSection={<IconSchool size={17} aria-hidden />}
        onClick={() => goTo('training')}
      >
        {t('models.empty.train')}
      </Button>
    </div>
  );
}
