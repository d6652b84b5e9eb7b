import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeFilters, useView } from '../view';
import { parseDay } from './days';

/**
 * One end of the dates. A field for text, since the window's own for dates shows today in place
 * of nothing.
 */
export function DayField({ edge }: { edge: 'since' | 'until' }) {
  const { t } = useTranslation();
  const stored = useView().filters[edge];
  const [typed, setTyped] = useState(stored);
  const [isWrong, setWrong] = useState(false);
  useEffect(() => {
    setTyped(stored);
    setWrong(false);
  }, [stored]);

  const store = () => {
    const day = typed.trim() === '' ? '' : parseDay(typed, edge);
    setWrong(day === undefined);
    if (day !== undefined) {
      setTyped(day);
      if (day !== stored) {
        changeFilters({ [edge]: day });
      }
    }
  };
  return (
    <TextInput
      size="xs"
      label={t(`conversations.filter.${edge}`)}
      placeholder={t('conversations.filter.day')}
      error={isWrong && t('conversations.filter.noDay')}
      spellCheck={false}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={store}
      onKeyDown={(event) => event.key === 'Enter' && store()}
    />
  );
}
