import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../../app/Notice';
import type { ForgetPlan, Holder } from '../../../ipc/generated';
import classes from './Forget.module.css';

/** What would be forgotten, which datasets would be made again, and which could not be searched. */
export function PlanView({ plan: { records, holders, unreadable } }: { plan: ForgetPlan }) {
  const { t } = useTranslation();
  return (
    <>
      <div>
        <Text size="sm">{t('exports.forgetting.records')}</Text>
        <ul className={classes.names}>
          {records.map((record) => (
            <li key={record}>
              <code>{record}</code>
            </li>
          ))}
        </ul>
      </div>
      {holders.length === 0 ? (
        <Text size="sm">{t('exports.forgetting.noHolders')}</Text>
      ) : (
        <div>
          <Text size="sm">{t('exports.forgetting.holders')}</Text>
          <ul className={classes.names}>
            {holders.map((holder) => (
              <HolderItem key={holder.path} holder={holder} />
            ))}
          </ul>
        </div>
      )}
      {unreadable.map((path) => (
        <Notice key={path}>{t('exports.forgetting.unreadable', { path })}</Notice>
      ))}
    </>
  );
}

function HolderItem({ holder: { path, rows, contexts } }: { holder: Holder }) {
  const { t } = useTranslation();
  const counts = [t('exports.forgetting.rows', { count: rows })];
  if (contexts > 0) {
    counts.push(t('exports.forgetting.contexts', { count: contexts }));
  }
  return (
    <li>
      <code>{path}</code>
      <span>{counts.join(' · ')}</span>
    </li>
  );
}
