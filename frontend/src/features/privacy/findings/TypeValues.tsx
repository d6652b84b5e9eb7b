import { Button, SegmentedControl, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../../app/FailureNote';
import { Notice } from '../../../app/Notice';
import { useRovingRows } from '../../../app/useRovingRows';
import { useDomainText } from '../../../i18n/domain';
import type { SensitiveType } from '../../../ipc/generated';
import {
  type Action,
  actionOf,
  actions,
  type Decisions,
  isAllowed,
  withAction,
  withAllowed,
} from '../decisions';
import classes from './Findings.module.css';
import { useDifferent } from './useDifferent';
import { useValues } from './useScan';
import { ValueItem } from './ValueItem';

interface Props {
  scan: string;
  found: SensitiveType;
  decisions: Decisions;
  isMasking: boolean;
  onDecide: (part: Partial<Decisions>) => void;
  onLookAgain: () => void;
}

/** The values of one type, and what to do with all of them. */
export function TypeValues({ scan, found, decisions, isMasking, onDecide, onLookAgain }: Props) {
  const { t } = useTranslation();
  const words = useDomainText();
  const different = useDifferent();
  const query = useValues(scan, found.type);
  const values = query.data?.pages.flatMap((page) => page.values) ?? [];
  const total = query.data?.pages[0]?.total ?? 0;
  const action = actionOf(decisions, found.type);
  const rover = useRovingRows(values.length);
  return (
    <section className={classes.values} aria-labelledby="privacy-type">
      <header className={classes.head}>
        <div>
          <Title order={2} size="h4" id="privacy-type">
            {words(`sensitive.${found.type}`)}
          </Title>
          <Text size="sm" c="var(--ink-soft)">
            {t('privacy.places', { count: found.count })} · {different(found)}
          </Text>
        </div>
        <SegmentedControl
          size="xs"
          aria-label={t('privacy.all')}
          value={action}
          data={actions.map((value) => ({ value, label: t(`privacy.action.${value}`) }))}
          onChange={(value) =>
            onDecide({ actions: withAction(decisions, found.type, value as Action) })
          }
        />
      </header>
      <p className={classes.help}>{t(`privacy.actionHelp.${action}`)}</p>
      {(found.type === 'person' || found.type === 'address') && (
        <Notice>{t(`privacy.partial.${found.type}`)}</Notice>
      )}
      {query.isError && <FailureNote error={query.error} onRetry={onLookAgain} />}
      <ul className={classes.list} onKeyDown={rover.onKeyDown}>
        {values.map((value, place) => (
          <ValueItem
            key={value.value}
            found={value}
            row={rover.row(place)}
            tabIndex={rover.tabIndex(place)}
            action={action}
            isMasking={isMasking}
            stays={isAllowed(decisions, value.value)}
            onDecide={(stays) => onDecide({ allow: withAllowed(decisions, value.value, stays) })}
          />
        ))}
      </ul>
      {found.unlisted > 0 && query.isSuccess && !query.hasNextPage && (
        <p className={classes.help}>{t('privacy.notListed', { count: found.values })}</p>
      )}
      {query.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('privacy.more', { count: total - values.length })}
        </Button>
      )}
    </section>
  );
}
