import { Button, Group, Text } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../../app/FailureNote';
import { useFormats } from '../../../i18n/formats';
import type { ForgetPlan, Forgetting } from '../../../ipc/generated';
import { useTakenOverFocus } from '../../export/output/useTakenOverFocus';
import classes from './Forget.module.css';
import type { useForgetting } from './useForgetting';

interface Props {
  plan: ForgetPlan;
  /** What was done; undefined where the user stopped it. */
  forgetting: Forgetting | undefined;
  takeBack: ReturnType<typeof useForgetting>['takeBack'];
  onGoOn: () => void;
  onClose: () => void;
}

/** What was forgotten, what was made again, what still holds it; and the way back. */
export function ForgetOutcome({ plan, forgetting, takeBack, onGoOn, onClose }: Props) {
  const { t } = useTranslation();
  const wasStopped = forgetting === undefined;
  const close = useRef<HTMLButtonElement>(null);
  useTakenOverFocus(close);
  const said = wasStopped ? 'exports.forgetting.stopped' : 'exports.forgetting.done';
  return (
    <div className={classes.forget}>
      <Text size="sm" role="status">
        {t(takeBack.isSuccess ? 'exports.forgetting.takenBack' : said)}
      </Text>
      {!wasStopped && <Datasets {...forgetting} />}
      {takeBack.isError && <FailureNote error={takeBack.error} />}
      <Group justify="flex-end" gap="sm">
        {!takeBack.isSuccess && (
          <Button
            variant="subtle"
            loading={takeBack.isPending}
            onClick={() => takeBack.mutate(plan)}
          >
            {t('exports.forgetting.takeBack')}
          </Button>
        )}
        {wasStopped && !takeBack.isSuccess && (
          <Button variant="default" onClick={onGoOn}>
            {t('exports.forgetting.goOn')}
          </Button>
        )}
        <Button ref={close} onClick={onClose}>
          {t('exports.forgetting.close')}
        </Button>
      </Group>
    </div>
  );
}

function Datasets({ remade, failed }: Pick<Forgetting, 'remade' | 'failed'>) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <ul className={classes.names}>
      {remade.map(({ path, rowsBefore, rows }) => (
        <li key={path}>
          <code>{path}</code>
          <span>
            {t('exports.forgetting.remade', { before: formats.number(rowsBefore), count: rows })}
          </span>
        </li>
      ))}
      {Object.entries(failed).map(([path, reason]) => (
        <li key={path} data-failed>
          <code>{path}</code>
          <span>{t('exports.forgetting.failed', { reason })}</span>
        </li>
      ))}
    </ul>
  );
}
