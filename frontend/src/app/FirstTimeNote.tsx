import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const PATIENCE = 2500; // milliseconds

/** Says, once a task takes long to begin, that the rules of masking are prepared the first time. */
export function FirstTimeNote() {
  const { t } = useTranslation();
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE);
    return () => clearTimeout(timer);
  }, []);
  return isLate && t('app.firstTime');
}
