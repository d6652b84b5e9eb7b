import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './Waiting.module.css';

/** Stands for what the program has not told yet; a quick answer comes before it is seen. */
export function Waiting() {
  const { t } = useTranslation();
  return (
    <p className={classes.waiting} role="status">
      <Loader size="xs" aria-hidden />
      {t('app.waiting')}
    </p>
  );
}
