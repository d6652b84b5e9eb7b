import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { nameOf, shortNameOf } from '../../../app/nameOf';
import classes from '../../../app/PickList.module.css';
import type { Row } from '../../../app/useRovingRows';
import { useFormats } from '../../../i18n/formats';
import type { RunStatus } from '../../../ipc/generated';
import { useFigures } from '../figures';
import { RunStateBadge } from './RunStateBadge';

interface Props {
  status: RunStatus;
  isShown: boolean;
  /** Its part in the walk by the arrow keys. */
  row: Row;
  tabIndex: number;
  onShow: () => void;
}

export function RunItem({ status, isShown, row, tabIndex, onShow }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const figures = useFigures();
  return (
    <li {...row}>
      <UnstyledButton
        className={classes.item}
        tabIndex={tabIndex}
        onClick={onShow}
        {...(isShown && { 'aria-current': 'true' })}
      >
        <span className={classes.name} title={status.dataset}>
          {shortNameOf(status.dataset)}
          <RunStateBadge state={status.state} />
        </span>
        <span className={classes.fact}>{formats.moment(status.created)}</span>
        <span className={classes.fact} title={status.base}>
          {[
            nameOf(status.base),
            status.maxSteps > 0 &&
              t('training.run.stepOf', {
                step: figures.whole(status.step),
                steps: figures.whole(status.maxSteps),
              }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </UnstyledButton>
    </li>
  );
}
