import { Button } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Row } from '../../../app/useRovingRows';
import { useRuleName } from '../../../i18n/domain';
import { useFormats } from '../../../i18n/formats';
import type { SensitiveValue } from '../../../ipc/generated';
import { RecordLink } from '../../conversations/RecordLink';
import type { Action } from '../decisions';
import classes from './Findings.module.css';
import { placeholderPieces } from './placeholders';

interface Props {
  found: SensitiveValue;
  /** Its part in the walk by the arrow keys. */
  row: Row;
  tabIndex: number;
  action: Action;
  /** Whether anything is masked at all. */
  isMasking: boolean;
  /** Whether this value was allowed to stay. */
  stays: boolean;
  onDecide: (stays: boolean) => void;
}

/** One value in its context, before and after, and what to do with it. */
export function ValueItem({ found, row, tabIndex, action, isMasking, stays, onDecide }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const nameOfRule = useRuleName();
  const { value, count, record, rule, before, start, end } = found;
  const fate = stays || !isMasking ? 'leave' : action;
  return (
    <li className={classes.value} data-fate={fate} {...row}>
      <div className={classes.top}>
        <code className={classes.literal}>{value}</code>
        {count > 1 && <span className={classes.times}>× {formats.number(count)}</span>}
        {action !== 'leave' && (
          <Button
            className={classes.decide}
            tabIndex={tabIndex}
            size="compact-xs"
            variant="default"
            leftSection={
              stays ? <IconEyeOff size={14} aria-hidden /> : <IconEye size={14} aria-hidden />
            }
            aria-label={t(stays ? 'privacy.maskValue' : 'privacy.ignoreValue', { value })}
            onClick={() => onDecide(!stays)}
          >
            {t(stays ? 'privacy.maskAgain' : 'privacy.ignore')}
          </Button>
        )}
      </div>
      <dl className={classes.change}>
        <dt>{t('privacy.before')}</dt>
        <dd>
          {before.slice(0, start)}
          <mark>{before.slice(start, end)}</mark>
          {before.slice(end)}
        </dd>
        <dt>{t('privacy.after')}</dt>
        <dd data-said={fate !== 'mask' || undefined}>
          {fate === 'mask' ? <After text={found.after} /> : t(`privacy.outcome.${fate}`)}
        </dd>
      </dl>
      <p className={classes.origin}>
        <span className={classes.record}>
          <RecordLink record={record} tabIndex={tabIndex} />
        </span>{' '}
        · <span title={t('privacy.rule', { rule })}>{nameOfRule(rule)}</span>
      </p>
    </li>
  );
}

function After({ text }: { text: string }) {
  return placeholderPieces(text).map((piece, place) =>
    piece.isPlaceholder ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never move.
      <mark key={place} data-placeholder>
        {piece.text}
      </mark>
    ) : (
      piece.text
    ),
  );
}
