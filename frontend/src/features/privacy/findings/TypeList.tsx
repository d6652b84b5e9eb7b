import { Badge, Button, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRovingRows } from '../../../app/useRovingRows';
import { useDomainText } from '../../../i18n/domain';
import { useFormats } from '../../../i18n/formats';
import type { SensitiveType } from '../../../ipc/generated';
import { actionOf, type Decisions, type FindingType } from '../decisions';
import classes from './Findings.module.css';
import { useDifferent } from './useDifferent';

interface Props {
  types: readonly SensitiveType[];
  decisions: Decisions;
  shown: FindingType | undefined;
  onShow: (type: FindingType) => void;
  onCoverage: () => void;
}

/** The types that were found, the commonest first. */
export function TypeList({ types, decisions, shown, onShow, onCoverage }: Props) {
  const { t } = useTranslation();
  const words = useDomainText();
  const formats = useFormats();
  const different = useDifferent();
  const place = types.findIndex(({ type }) => type === shown);
  const rover = useRovingRows(types.length, Math.max(0, place));
  return (
    <nav className={classes.types} aria-label={t('privacy.types')}>
      <ul onKeyDown={rover.onKeyDown}>
        {types.map(({ type, count, values, unlisted }, at) => {
          const action = actionOf(decisions, type);
          return (
            <li key={type} {...rover.row(at)}>
              <UnstyledButton
                className={classes.type}
                tabIndex={rover.tabIndex(at)}
                onClick={() => onShow(type)}
                {...(type === shown && { 'aria-current': 'true' })}
              >
                <span className={classes.name}>{words(`sensitive.${type}`)}</span>
                <span className={classes.count}>{formats.number(count)}</span>
                <span className={classes.fact}>{different({ values, unlisted })}</span>
                {action !== 'mask' && (
                  <Badge size="xs" variant="default">
                    {t(`privacy.action.${action}`)}
                  </Badge>
                )}
              </UnstyledButton>
            </li>
          );
        })}
      </ul>
      <div className={classes.limits}>
        <Text size="xs" c="var(--ink-soft)">
          {t('privacy.limits')}
        </Text>
        <Button size="compact-xs" variant="subtle" onClick={onCoverage}>
          {t('privacy.seeCoverage')}
        </Button>
      </div>
    </nav>
  );
}
